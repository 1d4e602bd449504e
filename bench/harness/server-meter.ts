import { readdirSync, readFileSync } from 'node:fs';

/** What the processes of a database server cost between two moments. */
export interface ServerCost {
  readonly cpuSeconds: number;
  /** Highest sum seen of private memory of all its processes and the shared memory once. */
  readonly peakMiB: number;
}

const ticksPerSecond = 100;
const sampleEveryMs = 250;

/** Starts metering the server `pid` and its children through /proc (Linux only: elsewhere everything is 0). The returned function ends it. */
export function meterServer(pid: number): () => ServerCost {
  const before = cpuOf(pid);
  let peak = memoryOfServer(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOfServer(pid));
  }, sampleEveryMs);
  return () => {
    clearInterval(timer);
    return { cpuSeconds: cpuOf(pid) - before, peakMiB: Math.max(peak, memoryOfServer(pid)) };
  };
}

/** Fields of /proc/PID/stat after the name: state, ppid, …; the name may hold blanks and brackets. */
function statOf(pid: number | string): readonly string[] | null {
  const text = read(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function childrenOf(pid: number): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)?.[1] === String(pid));
  } catch {
    return [];
  }
}

/** Live children, the server itself, and the children that have ended. */
function cpuOf(pid: number): number {
  const ticks = (stat: readonly string[] | null, fields: readonly number[]) => fields.reduce((sum, field) => sum + Number(stat?.[field] ?? 0), 0);
  const own = ticks(statOf(pid), [11, 12, 13, 14]);
  const live = childrenOf(pid).reduce((sum, child) => sum + ticks(statOf(child), [11, 12]), 0);
  return (own + live) / ticksPerSecond;
}

/** MiB of a server and its children: private memory of each, shared memory once. */
export function memoryOfServer(pid: number): number {
  let ofOne = 0;
  let shared = 0;
  for (const process of [String(pid), ...childrenOf(pid)]) {
    const status = read(`/proc/${process}/status`) ?? '';
    ofOne += kibOf(status, 'RssAnon');
    shared = Math.max(shared, kibOf(status, 'RssShmem'));
  }
  return (ofOne + shared) / 1_024;
}

/** MiB of one process, as much of it as is in memory now. */
export function memoryOfProcess(pid: number): number {
  return kibOf(read(`/proc/${pid}/status`) ?? '', 'VmRSS') / 1_024;
}

/** Seconds of CPU that one process has used. */
export function cpuOfProcess(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0)) / ticksPerSecond;
}

function kibOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
