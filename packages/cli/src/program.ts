import { Command } from 'commander';
import { allCommands } from './commands/all-commands.ts';
import type { Context } from './context.ts';
import { version } from './version.ts';

const after = `
Examples:
  rollcall demo
  rollcall source add
  rollcall inventory 'app = jira AND usage = inactive' --period 90d
  rollcall plan remove-app-access --source Acme --app jira --site acme --inactive
  rollcall apply latest
  rollcall undo latest --apply

Without --server or ROLLCALL_URL, commands use the server that runs on this machine, or start one for as long as they take.

Environment:
  ROLLCALL_URL    address of the server, instead of --server
  ROLLCALL_TOKEN  API token, instead of --token (which other users of this machine can see)
  NO_COLOR        no colours
  The settings of the server (ROLLCALL_DATA, DATABASE_URL, …) are listed in docs/reference/settings.md.

Exit codes:
  0  done
  1  failed
  2  wrong usage, or a file or value that cannot be taken
  3  refused by a guard (cap, canary, stale data, pause, approval, read-only source)
  4  done in part: some rows failed or are uncertain
  5  the server cannot be reached
  6  not permitted
`;

/** The whole command line. Ends by throwing commander's errors, so that the caller chooses the exit code. */
export function createProgram(context: Context): Command {
  const program = new Command('rollcall')
    .description("Takes the roll of everyone who holds an Atlassian account, says who really uses which app, and takes back the access nobody uses.")
    .version(version, '--version', 'print the version')
    .option('--server <url>', 'address of the server (default: the one on this machine)')
    .option('--token <token>', 'API token; better in ROLLCALL_TOKEN')
    .option('--json', "print the API's own objects as JSON and nothing else")
    .option('--quiet', 'print the answer only, without progress and notes')
    .option('--no-color', 'print without colours')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({ writeOut: (text) => { context.terminal.out.write(text); }, writeErr: (text) => { context.terminal.err.write(text); } })
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .addHelpText('after', after);
  for (const made of allCommands(context)) program.addCommand(made);
  settle(program);
  return program;
}

/** commander hands its settings down to commands it makes itself only. */
function settle(parent: Command): void {
  for (const child of parent.commands) {
    child.copyInheritedSettings(parent);
    settle(child);
  }
}
