import { outcomes as known } from './arrivals.ts';
import type { Answered, Outcome } from './arrivals.ts';

export interface KindFigures {
  readonly kind: string;
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  readonly lost: number;
  /** Of the answered ones, in milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Collects latencies: eight bytes a request, so that half an hour at 200 a second takes three megabytes. */
export class Figures {
  readonly #kinds = new Map<string, { readonly milliseconds: number[]; readonly outcomes: Record<Outcome, number> }>();

  note({ kind, outcome, milliseconds }: Answered): void {
    const one = this.#kinds.get(kind) ?? { milliseconds: [], outcomes: { ok: 0, refused: 0, failed: 0, lost: 0 } };
    this.#kinds.set(kind, one);
    one.outcomes[outcome] += 1;
    if (outcome === 'ok') one.milliseconds.push(milliseconds);
  }

  /** Each kind, and all together first. */
  summary(): readonly [KindFigures, ...KindFigures[]] {
    const kinds = [...this.#kinds];
    const all = { milliseconds: kinds.flatMap(([, one]) => one.milliseconds), outcomes: sumOf(kinds.map(([, one]) => one.outcomes)) };
    return [figuresOf('all', all), ...kinds.map(([kind, one]) => figuresOf(kind, one))];
  }
}

function figuresOf(kind: string, { milliseconds, outcomes }: { readonly milliseconds: readonly number[]; readonly outcomes: Readonly<Record<Outcome, number>> }): KindFigures {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? 0;
  return { kind, requests: known.reduce((sum, outcome) => sum + outcomes[outcome], 0), refused: outcomes.refused, failed: outcomes.failed, lost: outcomes.lost, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function sumOf(all: readonly Readonly<Record<Outcome, number>>[]): Record<Outcome, number> {
  const sum = { ok: 0, refused: 0, failed: 0, lost: 0 };
  for (const one of all) for (const outcome of known) sum[outcome] += one[outcome];
  return sum;
}
