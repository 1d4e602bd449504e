import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { follow } from '../connection/follow.ts';
import type { Session } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { clockTime } from '../terminal/times.ts';
import { counted } from '../terminal/words.ts';

export type Sync = RouteAnswer<typeof routes.sources.getSync>;

const over = new Set<Sync['state']>(['done', 'failed', 'cancelled', 'held']);

/** Waits for the end of a sync, with progress. Sets the exit code by how it ended. */
export async function watchSync(session: Session, sync: Sync): Promise<Sync> {
  const progress = session.progress();
  try {
    const last = await follow(
      { client: session.client, events: routes.sources.syncEvents, get: routes.sources.getSync, input: { params: { syncId: sync.id } }, signal: session.terminal.signal },
      ({ state }) => over.has(state),
      (state) => { if (state.progress !== null) progress.show(state.progress); },
    );
    if (last.state === 'failed') session.end(exitCodes.failed);
    if (last.state === 'held') session.end(exitCodes.refused);
    if (last.state === 'cancelled') session.end(exitCodes.failed);
    return last;
  } finally {
    progress.end();
  }
}

/** How a sync ended, in one sentence, and what to do next. */
export function syncSentence(sync: Sync): string {
  const reason = sync.problem === null ? '' : ` ${sync.problem.text}`;
  switch (sync.state) {
    case 'done':
      return `${sync.sourceName} is read: ${totalsText(sync.totals)}.${reason}`;
    case 'held':
      return `${sync.sourceName}: the reading is held because it is suspiciously small.${reason} Decide with: rollcall sync ${JSON.stringify(sync.sourceName)} --take or --drop`;
    case 'failed':
      return `${sync.sourceName} could not be read.${reason}`;
    case 'cancelled':
      return `The sync of ${sync.sourceName} was cancelled; the inventory is as it was.`;
    case 'queued':
    case 'running':
    case 'finalising':
      return `The sync of ${sync.sourceName} is under way since ${clockTime(sync.startedAt ?? sync.queuedAt)}.`;
  }
}

function totalsText(totals: Readonly<Record<string, number>>): string {
  const { accounts, groups, pages, accountsMatched, accountsUnmatched = 0, accountsAmbiguous = 0, accessesChanged = 0 } = totals;
  if (accountsMatched === 0) return `none of the ${counted(accountsUnmatched + accountsAmbiguous, 'account')} in the file could be told in the organisation, so nothing was changed; is it an export of this organisation?`;
  if (accountsMatched !== undefined) {
    return `${counted(accountsMatched, 'account')} found in the organisation, ${counted(accessesChanged, 'app access', 'app accesses')} with a better last active date now; ${counted(accountsUnmatched, 'account')} not found, ${accountsAmbiguous} fit several`;
  }
  const parts = [
    ...(accounts === undefined ? [] : [counted(accounts, 'account')]),
    ...(groups === undefined ? [] : [counted(groups, 'group')]),
    ...(pages === undefined ? [] : [counted(pages, 'page')]),
  ];
  return parts.length === 0 ? 'done' : parts.join(', ');
}
