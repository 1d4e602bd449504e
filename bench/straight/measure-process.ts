import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

/** What one whole process cost. */
export interface ProcessCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

// The process itself says what it used when it ends: no tool of the machine is needed.
const reporter = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const used = process.resourceUsage();
  process.send?.({ cpuSeconds: (used.userCPUTime + used.systemCPUTime) / 1e6, peakMiB: used.maxRSS / 1024 });
});`)}`;

interface Used {
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Runs a TypeScript program of ours in a process of its own, its standard output in a file, and measures it from start to end. Throws when it fails. */
export async function measureProcess(program: string, args: readonly string[], outputFile: string): Promise<ProcessCost> {
  const output = openSync(outputFile, 'w');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', reporter, program, ...args], { stdio: ['ignore', output, 'pipe', 'ipc'] });
  let used: Used | null = null;
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  child.on('message', (message) => {
    if (isUsed(message)) used = message;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = (performance.now() - started) / 1_000;
  closeSync(output);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
  return { seconds, ...costOf(used) };
}

function costOf(used: Used | null): Used {
  if (used === null) throw new Error('The measured process did not say what it used.');
  return used;
}

function isUsed(message: unknown): message is Used {
  return typeof message === 'object' && message !== null && 'cpuSeconds' in message && 'peakMiB' in message;
}
