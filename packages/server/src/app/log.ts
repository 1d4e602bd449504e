import type { Log } from './dependencies.ts';
import { logContext } from './log-context.ts';
import { withoutPeople, wordsOfError } from './log-words.ts';

const levels = { debug: 10, info: 20, warn: 30, error: 40 } as const;
export type LogLevel = keyof typeof levels;

/**
 * A log of JSON lines: time, level, message, the ids of the work it belongs to, and the facts given. `write` gets one line with its line end; the default is
 * standard error, so that output stays free for answers.
 */
export function createLog(least: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const at = (level: LogLevel) => (facts: Readonly<Record<string, unknown>>, message: string) => {
    if (levels[level] < levels[least]) return;
    write(`${withoutPeople(JSON.stringify({ time: new Date().toISOString(), level, message, ...logContext(), ...facts }, plain))}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Error) return wordsOfError(value);
  return typeof value === 'bigint' ? value.toString() : value;
}
