import type { Log } from './dependencies.ts';

const levels = { debug: 10, info: 20, warn: 30, error: 40 } as const;
export type LogLevel = keyof typeof levels;

/** A log of JSON lines. `write` gets one line with its line end; the default is standard error, so that output stays free for answers. */
export function createLog(least: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const at = (level: LogLevel) => (facts: Readonly<Record<string, unknown>>, message: string) => {
    if (levels[level] < levels[least]) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts }, plain)}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** Errors have no members of their own that JSON would show. Their message is ours; a database's `detail` may hold row values and stays out. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  return typeof value === 'bigint' ? value.toString() : value;
}
