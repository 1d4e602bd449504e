import { RequestProblem } from '../../app/problem.ts';
import type { KindLimits, RequestLimits } from './limits.ts';
import { requestKinds } from './request-kind.ts';
import type { RequestKind } from './request-kind.ts';

/** `full`: as many wait already; `late`: it waited too long; `lag`: the node is so far behind that refusing is all it should do. */
export const refusalReasons = ['full', 'late', 'lag'] as const;
type RefusalReason = (typeof refusalReasons)[number];
/** Gives the place back; a second call does nothing. */
export type Release = () => void;

export interface Admission {
  /**
   * Takes a place for a request, waiting for one where none is free, first come first served. Throws `overloaded` with the seconds after which to come
   * again, and the signal's reason when the asker leaves meanwhile.
   */
  enter(kind: RequestKind, gone: AbortSignal): Promise<Release>;
  readonly counts: ReadonlyMap<RequestKind, KindCounts>;
}

export interface KindCounts {
  readonly inWork: number;
  readonly waiting: number;
  readonly refused: Readonly<Record<RefusalReason, number>>;
}

export interface AdmissionOptions {
  /** How far this process is behind (default: not at all). */
  readonly lagMs?: () => number;
  /** 0 ≤ x < 1; spreads those who come again. */
  readonly random?: () => number;
}

/** A node that looks at a request a second after it came would let everybody wait longer and longer, for answers nobody waits for any more. */
const mostLagMs = 1_000;

/**
 * Bounds what a node takes on at once: beyond it requests wait, and beyond that they are refused at once, which costs next to nothing. A node that has fallen
 * behind lets nobody wait until it has caught up; who is alone with it is served all the same.
 */
export function createAdmission(limits: RequestLimits, { lagMs = () => 0, random = Math.random }: AdmissionOptions = {}): Admission {
  const gates = new Map(requestKinds.map((kind) => [kind, new Gate(limits[kind], lagMs, random)]));
  return {
    enter: (kind, gone) => {
      const gate = gates.get(kind);
      if (gate === undefined) throw new Error(`There is no limit for requests of the kind ${kind}.`);
      return gate.enter(gone);
    },
    counts: gates,
  };
}

class Gate implements KindCounts {
  readonly refused: Record<RefusalReason, number> = { full: 0, late: 0, lag: 0 };
  readonly #limits: KindLimits;
  readonly #lagMs: () => number;
  readonly #random: () => number;
  readonly #waiters = new Set<() => void>();
  #inWork = 0;

  constructor(limits: KindLimits, lagMs: () => number, random: () => number) {
    this.#limits = limits;
    this.#lagMs = lagMs;
    this.#random = random;
  }

  get inWork(): number {
    return this.#inWork;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  async enter(gone: AbortSignal): Promise<Release> {
    if (this.#inWork < this.#limits.inWork) this.#inWork += 1;
    else if (this.#lagMs() > mostLagMs) throw this.#refusal('lag');
    else if (this.#waiters.size < this.#limits.waiting) await this.#wait(gone);
    else throw this.#refusal('full');
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#pass();
    };
  }

  /** Resolves with the place of somebody who left. */
  #wait(gone: AbortSignal): Promise<void> {
    gone.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', onGone);
      this.#waiters.delete(next);
    };
    const next = (): void => { leave(); resolve(); };
    const onGone = (): void => { leave(); reject(asError(gone.reason)); };
    const timer = setTimeout(() => { leave(); reject(this.#refusal('late')); }, this.#limits.waitMs);
    gone.addEventListener('abort', onGone, { once: true });
    this.#waiters.add(next);
    return promise;
  }

  /** Hands the place to whoever waits longest, or frees it. */
  #pass(): void {
    const [next] = this.#waiters;
    if (next === undefined) this.#inWork -= 1;
    else next();
  }

  #refusal(reason: RefusalReason): RequestProblem {
    this.refused[reason] += 1;
    const { retryAfterSeconds } = this.#limits;
    return new RequestProblem({
      code: 'overloaded',
      title: 'Busy',
      detail: 'Rollcall has more to do than it can do at once, and nothing was done for this request. Try again in a few seconds.',
      retryAfterSeconds: retryAfterSeconds + Math.floor(this.#random() * (retryAfterSeconds + 1)),
    });
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The asker left.');
}
