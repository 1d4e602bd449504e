import { atCommit } from '../../app/commit-points.ts';
import { VendorError } from '@rollcall/connectors/kit';
import { completeSync, dayOf } from './complete-sync.ts';
import { importDirectly, isFirstImport } from './direct-import.ts';
import { beginFinalising, claimSync, dropStaged, endSync } from './sync-store.ts';
import { findShrunken } from './suspicious.ts';
import { keepEpoch } from './keep-epoch.ts';
import { problemOf } from './sync-problem.ts';
import { readSource } from './read-source.ts';
import { mergeAttached, mergeStaged } from './merge/index.ts';
import { SyncEnded } from './sync-record.ts';
import { setAsideIndexes, transaction } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { OpenSync, SyncProgress } from './sync-record.ts';
import type { OpenVendor, Vendor } from '../vendor/index.ts';
import type { ReadingProblem } from './read-source.ts';

export interface SyncDependencies extends Dependencies {
  readonly openVendor: OpenVendor;
  /** Reads the uploaded file of a CSV source as if it were a vendor. */
  readonly openUpload: (sync: OpenSync, signal: AbortSignal) => Promise<Vendor>;
}

/** `ended`: nothing is left to do. `waits`: the vendor asked for a long wait; its place is kept, go on from then. */
export type SyncOutcome = { readonly kind: 'ended' } | { readonly kind: 'waits'; readonly until: Date };
const ended: SyncOutcome = { kind: 'ended' };

/** Does one sync from wherever it stands to its end. Rejects only when it should be tried again soon (this node is stopping, the database is away). */
export async function runSync(deps: SyncDependencies, syncId: string, signal: AbortSignal): Promise<SyncOutcome> {
  const sync = await atCommit(deps, 'sync.claimed', () => claimSync(deps.db, syncId, deps.now()));
  if (sync === null) return ended;
  let progress = { ...sync.progress, startedAtMs: sync.progress.startedAtMs ?? deps.now().getTime() };
  const publish = throttled((latest: SyncProgress) => saveProgress(deps, sync, latest));
  try {
    const vendor = await openFor(deps, sync, signal);
    const note = (latest: SyncProgress): void => {
      progress = { ...latest, startedAtMs: latest.startedAtMs ?? progress.startedAtMs };
      publish(progress);
    };
    if ((await isFirstImport(deps.db, sync)) && (await importDirectly(deps, { ...sync, progress }, vendor, dayOf({ ...sync, progress }, deps.now()), note))) return ended;
    const problems = await readSource(deps, { ...sync, progress }, vendor, note);
    const shrunken = progress.confirmed ? null : await findShrunken(deps.db, sync);
    if (shrunken !== null) {
      await atCommit(deps, 'sync.held', () => endSync(deps.db, sync, { state: 'held', progress, totals: shrunken.totals, problem: shrunken.problem, at: deps.now() }));
      return ended;
    }
    await atCommit(deps, 'sync.finalising', () => beginFinalising(deps.db, sync, progress));
    await finalise(deps, { ...sync, progress }, vendor, problems);
    await atCommit(deps, 'sync.dropped', () => dropStaged(deps.db, sync.id));
    return ended;
  } catch (error) {
    return settleFailure(deps, sync, progress, error, signal);
  }
}

async function openFor(deps: SyncDependencies, sync: OpenSync, signal: AbortSignal): Promise<Vendor> {
  if (sync.source.kind === 'csv') return deps.openUpload(sync, signal);
  return deps.openVendor({ ...sync.source, workspaceId: sync.workspaceId }, 'sync', signal);
}

async function finalise(deps: SyncDependencies, sync: OpenSync, vendor: Vendor, problems: readonly ReadingProblem[]): Promise<void> {
  const now = deps.now();
  await atCommit(deps, 'sync.indexesSetAside', () => setAsideIndexes(deps.db));
  await atCommit(deps, 'sync.merged', () => transaction(deps.pool, async (trx) => {
    const context = { trx, sync, today: dayOf(sync, now), now };
    const counts = sync.source.attachedRealmId === null ? await mergeStaged(context, vendor.isAdminRole) : await mergeAttached(context);
    await completeSync(trx, deps, sync, counts, problems);
  }));
}

async function settleFailure(deps: SyncDependencies, sync: OpenSync, progress: SyncProgress, error: unknown, signal: AbortSignal): Promise<SyncOutcome> {
  if (error instanceof SyncEnded && error.why === 'fenced') return ended;
  if (error instanceof SyncEnded) {
    await endAndDrop(deps, sync, { state: 'cancelled', progress, problem: null });
    return ended;
  }
  // The position is saved: the queue wakes the sync again, here or on another node.
  if (signal.aborted) throw error;
  if (error instanceof VendorError && error.facts.kind === 'rateLimited') return { kind: 'waits', until: error.facts.retryAt ?? new Date(deps.now().getTime() + longWaitMs) };
  deps.log.warn({ syncId: sync.id, sourceId: sync.source.id, error: error instanceof VendorError ? error.facts.kind : error }, 'A sync failed.');
  await endAndDrop(deps, sync, { state: 'failed', progress, problem: problemOf(error) });
  return ended;
}

/** What is staged belongs to whoever holds the sync: a worker that was taken over from leaves it alone. */
async function endAndDrop(deps: SyncDependencies, sync: OpenSync, end: Pick<Parameters<typeof endSync>[2], 'state' | 'progress' | 'problem'>): Promise<void> {
  const ours = await atCommit(deps, 'sync.ended', () => endSync(deps.db, sync, { ...end, totals: {}, at: deps.now() }));
  if (ours) await atCommit(deps, 'sync.dropped', () => dropStaged(deps.db, sync.id));
}

/** How long to wait when the vendor refused for its rate limit and named no time. */
const longWaitMs = 60_000;

/**
 * Progress between saves, for the screens: at most twice a second, and a failure of it fails no work. When the save finds that the sync was cancelled or
 * taken over, the next call says so: a cancel is heard within a page, not only at the next piece of records.
 */
function throttled(save: (progress: SyncProgress) => Promise<void>): (progress: SyncProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  let ended: SyncEnded | null = null;
  return (progress) => {
    if (ended !== null) throw ended;
    const atMs = performance.now();
    if (atMs - last < 500) return;
    last = atMs;
    save(progress).catch((error: unknown) => {
      if (error instanceof SyncEnded) ended = error;
    });
  };
}

async function saveProgress(deps: Dependencies, sync: OpenSync, progress: SyncProgress): Promise<void> {
  const client = await deps.pool.connect();
  try {
    await atCommit(deps, 'sync.progress', () => keepEpoch(client, sync, JSON.stringify(progress)));
  } finally {
    client.release();
  }
}
