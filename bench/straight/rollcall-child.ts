import { inactiveCommand } from '../../packages/cli/src/inactive/index.ts';

/** The command alone, as the program of the CLI runs it: a process whose whole time and memory are measured. */
await inactiveCommand().parseAsync(process.argv);
