import { atCommit } from '../../../app/commit-points.ts';
import { Breaker, breakMs } from './breaker.ts';
import { readSettings } from '../../settings/index.ts';
import { claimRun, countItems, nextItems, standingOf } from './run-store.ts';
import { closeItem, doItem } from './do-item.ts';
import { PeopleAtOnce } from './people-at-once.ts';
import { finishRun, haltRun, reopenItems } from './run-end.ts';
import { inLogContext } from '../../../app/log-context.ts';
import { RequestProblem } from '../../../app/problem.ts';
import { RunHalted } from './run-record.ts';
import type { ItemEnd, ItemWork, RunDependencies } from './run-record.ts';
import type { VendorSource } from '../../vendor/index.ts';

/**
 * Works on a run until it is done, paused or must wait. Resolves with the moment at which it wants to be woken again, or null. Rejects only when this node
 * stops or when another worker has taken the run over; the rows say where it stands.
 */
export function workOnRun(deps: RunDependencies, runId: string, signal: AbortSignal): Promise<Date | null> {
  return inLogContext({ runId }, () => takeUp(deps, runId, signal));
}

async function takeUp(deps: RunDependencies, runId: string, signal: AbortSignal): Promise<Date | null> {
  const run = await atCommit(deps, 'run.claimed', () => claimRun(deps.db, runId, deps.now()));
  if (run === null) return null;
  const takenUpMs = performance.now();
  const source = { ...run.source, workspaceId: run.workspaceId };
  await atCommit(deps, 'run.reopened', () => reopenItems(deps.db, run));
  try {
    const { breaker } = await readSettings(deps.db, run.workspaceId);
    return await walkPeople({ deps, run, signal, takenUpMs, ...(await openVendors(deps, source, signal)) }, new Breaker(breaker));
  } catch (error) {
    // Whoever was taken over from looks for no other run either: the source is in other hands.
    if (!(error instanceof RunHalted) || error.why === 'fenced') throw error;
    return await haltRun(deps, run, error);
  } finally {
    await atCommit(deps, 'run.counted', () => countItems(deps.db, run));
  }
}

/** A source without a usable key pauses the run, as one whose key the vendor refuses. */
async function openVendors(deps: RunDependencies, source: VendorSource, signal: AbortSignal): Promise<Pick<ItemWork, 'change' | 'reread'>> {
  try {
    return { change: await deps.openVendor(source, 'run', signal), reread: await deps.openVendor(source, 'verify', signal) };
  } catch (error) {
    if (error instanceof RequestProblem) throw new RunHalted('keyRefused');
    throw error;
  }
}

function walkPeople(work: Omit<ItemWork, 'mayBegin'>, breaker: Breaker): Promise<Date | null> {
  return new People(work, breaker).walk();
}

/** Walks the people of a run, some at the same time, looking between two of them whether the run may go on. */
class People {
  readonly #work: ItemWork;
  readonly #busy = new Map<number, Promise<void>>();
  readonly #breaker: Breaker;
  readonly #atOnce: PeopleAtOnce;
  #failure: Error | null = null;
  #ended = 0;

  constructor(work: Omit<ItemWork, 'mayBegin'>, breaker: Breaker) {
    this.#work = { ...work, mayBegin: () => this.#failure === null };
    this.#breaker = breaker;
    this.#atOnce = new PeopleAtOnce(work.deps.timing.peopleAtOnce);
  }

  async walk(): Promise<Date | null> {
    try {
      for (;;) {
        const free = this.#atOnce.now - this.#busy.size;
        const started = free > 0 ? await this.#start(free) : 0;
        if (started === 0 && this.#busy.size === 0) break;
        await Promise.race(this.#busy.values());
        this.#throwFailure();
      }
    } finally {
      // What is under way is finished before anybody else may take the run over.
      await Promise.all(this.#busy.values());
    }
    this.#throwFailure();
    return finishRun(this.#work.deps, this.#work.run);
  }

  async #start(limit: number): Promise<number> {
    this.#work.signal.throwIfAborted();
    const standing = await standingOf(this.#work.deps.db, this.#work.run);
    if (standing === 'fenced') throw new RunHalted('fenced');
    if (standing === 'paused') throw new RunHalted('paused');
    if (standing === 'readOnlySource') throw new RunHalted('readOnlySource');
    const closing = standing === 'cancelling';
    const items = await nextItems(this.#work.deps.db, this.#work.run, this.#work.deps.now(), limit, new Set(this.#busy.keys()), closing);
    for (const item of items) {
      const done = inLogContext({ itemId: item.id }, () => (closing ? closeItem(this.#work, item) : doItem(this.#work, item)))
        .then((end) => this.#note(end))
        .catch((error: unknown) => {
          this.#failure ??= error instanceof Error ? error : new Error('The work on a person ended in an unknown way.', { cause: error });
        })
        .finally(() => this.#busy.delete(item.id));
      this.#busy.set(item.id, done);
    }
    return items.length;
  }

  async #note(end: ItemEnd | null): Promise<void> {
    this.#ended += 1;
    this.#atOnce.note(end);
    if (this.#ended % 10 === 0) await atCommit(this.#work.deps, 'run.counted', () => countItems(this.#work.deps.db, this.#work.run));
    const trip = this.#breaker.note(end);
    if (trip === null) return;
    if (!trip.waits) throw new RunHalted('tooManyFailures', null, trip);
    throw new RunHalted('later', new Date(this.#work.deps.now().getTime() + breakMs(Number(end?.reasonData?.['attempts'] ?? 1))), trip);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}

