import type { Command } from 'commander';
import { inactiveCommand } from '../inactive/index.ts';

/** `inactive` with the program's --json as another way to say --format json. */
export function inactiveForProgram(): Command {
  return inactiveCommand().hook('preAction', (self) => {
    if (self.optsWithGlobals<{ json?: true }>().json === true) self.setOptionValue('format', 'json');
  });
}
