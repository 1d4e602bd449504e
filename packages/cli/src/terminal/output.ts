import { createPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { createProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** How a command speaks: the answer on standard output, everything else on standard error. */
export interface Output {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly paint: Paint;
  /** The answer: the API's own objects as JSON with `--json`, else the text. */
  readonly answer: (value: unknown, text: () => string) => void;
  /** A sentence beside the answer; not with `--quiet`. */
  readonly note: (text: string) => void;
  readonly progress: () => Progress;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
}

export function createOutput(terminal: Terminal, { json, quiet, color }: OutputOptions): Output {
  const forced = (terminal.environment['NO_COLOR'] ?? '') !== '';
  return {
    terminal,
    json,
    quiet,
    paint: createPaint(color && !forced && !json && terminal.out.isTTY === true),
    answer: (value, text) => { terminal.out.write(json ? `${JSON.stringify(value, null, 2)}\n` : text()); },
    note: (text) => { if (!quiet) terminal.err.write(`${text}\n`); },
    progress: () => createProgress(terminal, quiet),
  };
}
