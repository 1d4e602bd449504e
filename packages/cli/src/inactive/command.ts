import { Command, Option } from 'commander';
import { askedStatuses, outputFormats } from './question.ts';
import type { AskedStatus, OutputFormat } from './question.ts';
import { runInactive } from './run-inactive.ts';

interface Options {
  readonly app?: string;
  readonly site?: string;
  readonly inactiveFor: string;
  readonly never?: true;
  readonly onlyNever?: true;
  readonly exported?: string;
  readonly asOf?: string;
  readonly status: AskedStatus;
  readonly format: OutputFormat;
}

const help = `
Examples:
  rollcall inactive export-users.csv --app jira
  rollcall inactive export-users.csv --app jira --site acme --inactive-for 6m --never
  rollcall inactive export-users.csv --app confluence --inactive-for last-3-months --format csv > idle.csv
  rollcall inactive export-users.csv --app jira --exported 2026-08-01 --as-of 2026-08-01 --format json

The file is an export of Atlassian: admin.atlassian.com > Directory > Users > Export users, or the export of managed accounts.
Periods: 90d, 13w, 6m, 2y; this-month, last-3-months, last-6-months, last-9-months, last-1-year, last-2-years (whole calendar
months); or two days, 2026-01-01..2026-03-31. "90d" lists who was last active more than 90 days before the as-of day.
What the file cannot know is unknown and is never listed as inactive. Rows go to standard output, the summary to standard error.
Exit codes: 0 answered, 2 the file or an option cannot be taken.
`;

/** The `inactive` command for the CLI's program. It sets `process.exitCode`. */
export function inactiveCommand(): Command {
  return new Command('inactive')
    .description('List who does not use an app, straight from a CSV export: no server, no database')
    .argument('<file>', 'the CSV export')
    .option('--app <app>', 'the app, by any of its names: jira, confluence, jsm, "Jira Software"; may be left out when the file has one')
    .option('--site <site>', 'the site; all sites of the file when left out')
    .option('--inactive-for <period>', 'how long without activity', '90d')
    .option('--never', 'list never-accessed accounts too, if they were added before the period')
    .addOption(new Option('--only-never', 'list never-accessed accounts alone').conflicts('never'))
    .option('--exported <day>', "the day of the export, YYYY-MM-DD (default: the date in the file's name, else the file's time)")
    .option('--as-of <day>', 'the day the question is asked for, YYYY-MM-DD (default: the day of the export)')
    .addOption(new Option('--status <status>', 'list accounts with this status').choices(askedStatuses).default('active'))
    .addOption(new Option('--format <format>', 'how to write the answer').choices(outputFormats).default('table'))
    .addHelpText('after', help)
    .action(async (file: string, options: Options) => {
      const { onlyNever, never, ...rest } = options;
      const listed = onlyNever === true ? ('only' as const) : never === true ? ('with' as const) : undefined;
      process.exitCode = await runInactive({ file, ...rest, never: listed }, { out: process.stdout, err: process.stderr });
    });
}
