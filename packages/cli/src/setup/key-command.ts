import type { Command } from 'commander';
import { command, offline } from '../command.ts';
import type { Context } from '../context.ts';
import { counted } from '../terminal/words.ts';

/** `rollcall key …` */
export function keyCommand(context: Context): Command {
  const rotate = command('rotate', 'Make a new key for stored secrets and seal them anew; stop the server first', ['rollcall key rotate']).action(
    offline(context, async (output) => {
      const { createLog, loadConfig, rotateKeys } = await import('@rollcall/server');
      const rotated = await rotateKeys(loadConfig(output.terminal.environment), createLog('error'));
      output.answer(rotated, () => `${counted(rotated.values, 'secret')} sealed anew with key ${rotated.keyId}.\n`);
      output.note('Keep a copy of the new key file apart from the backups of the database.');
    }),
  );
  return command('key', 'The key that encrypts stored secrets', ['rollcall key rotate']).addCommand(rotate);
}
