import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { command, offline } from '../command.ts';
import type { Context } from '../context.ts';
import { portOption } from '../setup/serve-command.ts';
import type { DemoOptions } from './run-demo.ts';

/** `rollcall demo` */
export function demoCommand(context: Context): Command {
  return command('demo', 'Try it without a key: a simulated organisation, connected and read, with a dry-run plan and the web app', ['rollcall demo', 'rollcall demo --users 20000', 'rollcall demo --keep'])
    .option('--users <number>', 'people of the simulated organisation, 10 to 1,000,000', usersOption, 5_000)
    .option('--port <port>', 'port of the web app; when taken, the next free one', portOption, 7_077)
    .option('--data <folder>', 'where the demo keeps its database (default: .rollcall/demo in the checkout)')
    .option('--keep', 'go on with the last demo: its plans, run logs and people; else it is made anew')
    .option('--once', 'end after printing, instead of staying up')
    .action(
      offline(context, async (output, options: DemoOptions) => {
        const { runDemo } = await import('./run-demo.ts');
        await runDemo(output, options);
      }),
    );
}

function usersOption(text: string): number {
  const users = Number(text.replaceAll(/[,_]/g, ''));
  if (!Number.isInteger(users) || users < 10 || users > 1_000_000) throw new InvalidArgumentError('Write a number from 10 to 1,000,000.');
  return users;
}
