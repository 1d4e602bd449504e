import type { ServerCost } from './server-meter.ts';

/** Seconds and CPU of a part, with the memory of its Node process. */
export interface PartCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly database?: ServerCost | null | undefined;
}

/** One line of the results: Rollcall beside its floor, measured in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly accounts: number;
  readonly promise: string;
  readonly holds: boolean;
  /** Rollcall's time by the floor's; null where there is no floor. */
  readonly ratio: number | null;
  readonly floor: (PartCost & { readonly what: string }) | null;
  readonly rollcall: PartCost | null;
  readonly notes: readonly string[];
}

/** The fastest of several repetitions, with the highest memory of all of them. */
export function bestOf<Cost extends PartCost>(costs: readonly Cost[]): Cost {
  const fastest = costs.toSorted((a, b) => a.seconds - b.seconds)[0];
  if (fastest === undefined) throw new Error('Nothing was measured.');
  return { ...fastest, peakMiB: Math.max(...costs.map(({ peakMiB }) => peakMiB)) };
}
