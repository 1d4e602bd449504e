import { routes } from '@rollcall/contract';
import { Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import type { Context, Session } from '../context.ts';
import { findSource } from '../names/find-source.ts';
import type { Source } from '../names/find-source.ts';
import { table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { syncSentence, watchSync } from './watch-sync.ts';
import type { Sync } from './watch-sync.ts';

interface SyncOptions {
  readonly wait: boolean;
  readonly cancel?: true;
  readonly list?: true;
  readonly take?: true;
  readonly drop?: true;
}

/** `rollcall sync SOURCE`, also as `rollcall source sync`. */
export function syncCommand(context: Context): Command {
  return command('sync', 'Read a source now, with progress', [
    'rollcall sync Acme',
    'rollcall sync Acme --no-wait',
    'rollcall sync Acme --list',
    'rollcall sync Acme --take      # accept a reading that is held because it is suspiciously small',
  ])
    .argument('<source>', 'name or id')
    .option('--wait', 'wait for the end (the default)', true)
    .option('--no-wait', 'return at once')
    .addOption(new Option('--cancel', 'cancel the sync that runs').conflicts(['list', 'take', 'drop']))
    .addOption(new Option('--list', 'list the last syncs').conflicts(['take', 'drop']))
    .addOption(new Option('--take', 'take a held reading into the inventory').conflicts('drop'))
    .option('--drop', 'drop a held reading')
    .action(
      online(context, async (session, name: string, options: SyncOptions) => {
        const source = await findSource(session.client, name);
        if (options.list === true) return listSyncs(session, source);
        const sync = await begin(session, source, options);
        const waits = options.cancel !== true && (options.wait || session.connection.embedded);
        const last = waits ? await watchSync(session, sync) : sync;
        session.answer(last, () => `${syncSentence(last)}\n`);
      }),
    );
}

async function begin(session: Session, source: Source, { cancel, take, drop }: SyncOptions): Promise<Sync> {
  const { client } = session;
  if (cancel === true) return client.call(routes.sources.cancelSync, { params: { syncId: lastSync(source).id } });
  if (take === true || drop === true) {
    return client.call(routes.sources.confirmSync, { params: { syncId: lastSync(source).id }, body: { decision: take === true ? 'take' : 'drop' } });
  }
  return client.call(routes.sources.sync, { params: { sourceId: source.id } });
}

function lastSync({ lastSync, name }: Source): Sync {
  if (lastSync === null) throw usageError(`${name} was never read.`);
  return lastSync;
}

async function listSyncs(session: Session, source: Source): Promise<void> {
  const { items } = await session.client.call(routes.sources.syncs, { params: { sourceId: source.id } });
  session.answer(items, () =>
    table(
      [
        { title: 'Queued', value: (one: Sync) => clockTime(one.queuedAt) },
        { title: 'Finished', value: (one) => clockTime(one.finishedAt) },
        { title: 'State', value: (one) => one.state },
        { title: 'By', value: (one) => one.requestedBy },
        { title: 'Accounts', value: (one) => one.totals['accounts'] ?? null, align: 'right' },
        { title: 'Problem', value: (one) => one.problem?.text ?? '', widest: 80 },
      ],
      items,
      session.paint,
    ),
  );
}
