import { memoryOfProcess, memoryOfServer } from '../harness/server-meter.ts';

export interface MemoryFigures {
  readonly peakMiB: number;
  /** Means of the first and the last quarter after the warm-up. */
  readonly earlyMiB: number;
  readonly lateMiB: number;
  /** Of a straight line through everything after the warm-up. */
  readonly slopeMiBPerMinute: number;
}

interface Sample { readonly minutes: number; readonly mib: number }

/** The first fifth fills caches and warms up the compiler. */
const warmUpShare = 0.2;

/** Samples the memory of the node and of the database's processes at an even pace (Linux only: elsewhere everything is 0). The returned function ends it. */
export function sampleMemory(nodePid: number, databasePid: number, everyMs: number): () => { readonly node: MemoryFigures; readonly database: MemoryFigures } {
  const node: Sample[] = [];
  const database: Sample[] = [];
  const began = performance.now();
  const take = (): void => {
    const minutes = (performance.now() - began) / 60_000;
    node.push({ minutes, mib: memoryOfProcess(nodePid) });
    database.push({ minutes, mib: memoryOfServer(databasePid) });
  };
  take();
  const timer = setInterval(take, everyMs);
  return () => {
    clearInterval(timer);
    take();
    return { node: figuresOf(node), database: figuresOf(database) };
  };
}

function figuresOf(samples: readonly Sample[]): MemoryFigures {
  const warm = samples.slice(Math.floor(samples.length * warmUpShare));
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  const mean = (part: readonly Sample[], of: (sample: Sample) => number): number => part.reduce((sum, sample) => sum + of(sample), 0) / Math.max(part.length, 1);
  const minutes = mean(warm, (sample) => sample.minutes);
  const mib = mean(warm, (sample) => sample.mib);
  const spread = warm.reduce((sum, sample) => sum + (sample.minutes - minutes) ** 2, 0);
  const together = warm.reduce((sum, sample) => sum + (sample.minutes - minutes) * (sample.mib - mib), 0);
  return {
    peakMiB: Math.max(...samples.map((sample) => sample.mib)),
    earlyMiB: mean(warm.slice(0, quarter), (sample) => sample.mib),
    lateMiB: mean(warm.slice(-quarter), (sample) => sample.mib),
    slopeMiBPerMinute: spread === 0 ? 0 : together / spread,
  };
}
