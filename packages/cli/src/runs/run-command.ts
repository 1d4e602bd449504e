import { actionVerbs, routes, runItemState } from '@rollcall/contract';
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import { download } from '../connection/download.ts';
import { allItems } from '../connection/pages.ts';
import type { Context } from '../context.ts';
import { findRun } from '../names/find-plan.ts';
import { findSource } from '../names/find-source.ts';
import type { ActionVerb } from '../plans/make-plan.ts';
import { dayOption, wholeNumber } from '../sources/source-options.ts';
import { confirm } from '../terminal/ask.ts';
import { counted, shortId } from '../terminal/words.ts';
import { runItemsText, runList } from './run-text.ts';
import type { RunItem } from './run-text.ts';
import { answerRun, watchRun } from './watch-run.ts';

const runArgument = (): Argument => new Argument('<run>', 'id, a beginning of it, or latest');

/** `rollcall run …`: the run logs. */
export function runCommand(context: Context): Command {
  return command('run', 'Run logs: what was done, verified or failed, per person', ['rollcall run list', 'rollcall run show latest'])
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(items(context))
    .addCommand(control(context, 'pause', 'Pause a run between two people', routes.runs.pause))
    .addCommand(control(context, 'resume', 'Go on with a paused run, or with the rest after a pilot', routes.runs.resume))
    .addCommand(control(context, 'cancel', 'Cancel what has not been started', routes.runs.cancel))
    .addCommand(recheck(context))
    .addCommand(settle(context))
    .addCommand(save(context))
    .addCommand(remove(context));
}

interface ListOptions {
  readonly source?: string;
  readonly action?: ActionVerb;
  readonly result?: 'open' | 'clean' | 'withFailures' | 'uncertain' | 'cancelled';
  readonly by?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

function list(context: Context): Command {
  return command('list', 'List run logs, newest first', ['rollcall run list --result withFailures', 'rollcall run list --source Acme --from 2026-11-01'])
    .option('--source <source>', 'of this source')
    .addOption(new Option('--action <action>', 'of this action').choices(actionVerbs))
    .addOption(new Option('--result <result>', 'that ended so').choices(['open', 'clean', 'withFailures', 'uncertain', 'cancelled']))
    .option('--by <who>', 'started by')
    .option('--from <day>', 'from this day on', dayOption)
    .option('--to <day>', 'up to this day', dayOption)
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action(
      online(context, async (session, { source, action, result, by, from, to, limit }: ListOptions) => {
        const sourceId = source === undefined ? undefined : (await findSource(session.client, source)).id;
        const page = (after: string | undefined) => session.client.call(routes.runs.list, { query: { sourceId, action, result, requestedBy: by, from, to, after, limit: Math.min(limit, 500) } });
        const runs = await Array.fromAsync(allItems(page, limit));
        session.answer(runs, () => runList(runs, session));
      }),
    );
}

function show(context: Context): Command {
  return command('show', 'Show a run log', ['rollcall run show latest', 'rollcall run show latest --wait'])
    .addArgument(runArgument())
    .option('--wait', 'wait for its end, with progress')
    .action(
      online(context, async (session, name: string, { wait }: { wait?: true }) => {
        const run = await findRun(session.client, name);
        if (wait === true) await watchRun(session, run);
        else answerRun(session, run);
      }),
    );
}

interface ItemsOptions {
  readonly state?: RunItem['state'];
  readonly search?: string;
  readonly limit: number;
  readonly all?: true;
}

function items(context: Context): Command {
  return command('items', 'List what happened per person', ['rollcall run items latest --state failed', 'rollcall run items latest --search hanako'])
    .addArgument(runArgument())
    .addOption(new Option('--state <state>', 'only rows in this state').choices(runItemState.options))
    .option('--search <text>', 'only people whose name, e-mail or id has this')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .option('--all', 'every row')
    .action(
      online(context, async (session, name: string, { state, search, limit, all }: ItemsOptions) => {
        const { id } = await findRun(session.client, name);
        const page = (after: string | undefined) => session.client.call(routes.runs.items, { params: { runId: id }, query: { state, search, after, limit: 500 } });
        const rows = await Array.fromAsync(allItems(page, all === true ? undefined : limit));
        session.answer(rows, () => runItemsText(rows, session));
      }),
    );
}

function control(context: Context, name: 'pause' | 'resume' | 'cancel', summary: string, route: typeof routes.runs.pause): Command {
  const made = command(name, summary, [`rollcall run ${name} latest`]).addArgument(runArgument());
  if (name === 'resume') made.option('--no-wait', 'return at once');
  return made.action(
    online(context, async (session, text: string, { wait }: { wait?: boolean }) => {
      const { id } = await findRun(session.client, text);
      const run = await session.client.call(route, { params: { runId: id } });
      if (name === 'resume' && (wait !== false || session.connection.embedded)) await watchRun(session, run);
      else session.answer(run, () => `${run.actionTitle} on ${run.sourceName}: ${run.state}.\n`);
    }),
  );
}

function rowId(text: string): number {
  const number = Number(text.replace(/^#/, ''));
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Write the row as rollcall run items shows it, such as 17.');
  return number;
}

function recheck(context: Context): Command {
  return command('recheck', 'Read one person of a run again at the vendor now; settles an uncertain row when the vendor can tell', ['rollcall run recheck latest 17'])
    .addArgument(runArgument())
    .argument('<row>', 'the row, as rollcall run items shows it', rowId)
    .action(
      online(context, async (session, name: string, itemId: number) => {
        const { id } = await findRun(session.client, name);
        const item = await session.client.call(routes.runs.recheck, { params: { runId: id, itemId } });
        session.answer(item, () => runItemsText([item], session));
      }),
    );
}

function settle(context: Context): Command {
  return command('settle', 'Settle an uncertain row by hand, after looking at the vendor', ["rollcall run settle latest 17 applied --note 'Looked at admin.atlassian.com: no access'"])
    .addArgument(runArgument())
    .argument('<row>', 'the row, as rollcall run items shows it', rowId)
    .addArgument(new Argument('<as>', 'what was found').choices(['applied', 'failed']))
    .requiredOption('--note <text>', 'how you know')
    .action(
      online(context, async (session, name: string, itemId: number, as: 'applied' | 'failed', { note }: { note: string }) => {
        const { id } = await findRun(session.client, name);
        const item = await session.client.call(routes.runs.settle, { params: { runId: id, itemId }, body: { as, note } });
        session.answer(item, () => runItemsText([item], session));
      }),
    );
}

function save(context: Context): Command {
  return command('download', 'Write a run log as CSV', ['rollcall run download latest --output run.csv'])
    .addArgument(runArgument())
    .option('--output <file>', 'write to a file (default: standard output)')
    .action(
      online(context, async (session, name: string, { output }: { output?: string }) => {
        const { id } = await findRun(session.client, name);
        await download(session.client, session, routes.runs.download, { params: { runId: id } }, output);
      }),
    );
}

function remove(context: Context): Command {
  return command('delete', 'Delete run logs: they leave the list; what undo, proof and the audit trail need stays', ['rollcall run delete 01936f2a-7b3c', 'rollcall run delete 01936f2a-7b3c 01936f2a-9d41 --yes'])
    .argument('<runs...>', 'ids or beginnings of them')
    .option('--yes', 'do not ask')
    .action(
      online(context, async ({ client, terminal, answer }, names: readonly string[], { yes }: { yes?: true }) => {
        const runIds = await Promise.all(names.map(async (name) => (await findRun(client, name)).id));
        const sure = yes === true || (await confirm(terminal, `Delete ${counted(runIds.length, 'run log')}?`, 'Give --yes to delete without being asked.'));
        if (!sure) throw usageError('Nothing was deleted.');
        await client.call(routes.runs.hide, { body: { runIds } });
        answer({ deleted: runIds }, () => `Deleted: ${runIds.map(shortId).join(', ')}\n`);
      }),
    );
}
