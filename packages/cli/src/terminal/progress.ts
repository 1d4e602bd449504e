import { terminalSafe } from '../inactive/display-width.ts';
import type { Terminal } from './terminal.ts';
import { duration } from './times.ts';

export interface ProgressState {
  readonly text: string;
  readonly done: number;
  readonly total: number | null;
  readonly secondsLeft?: number | null;
}
export interface Progress {
  readonly show: (state: ProgressState) => void;
  /** Takes the bar away; what comes next stands in its place. */
  readonly end: () => void;
}

const barWidth = 24;
const redrawMs = 100;
const plainMs = 5_000;

/** A bar on a terminal, redrawn at most ten times a second; in a pipe one plain line every five seconds at most. Always on standard error. */
export function createProgress(terminal: Terminal, quiet: boolean, now: () => number = () => performance.now()): Progress {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return terminal.err.isTTY === true ? bar(terminal, now) : plainLines(terminal, now);
}

function bar(terminal: Terminal, now: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    show(state) {
      if (now() - last < redrawMs) return;
      last = now();
      drawn = true;
      terminal.err.write(`\r\u001B[2K${barLine(state).slice(0, (terminal.err.columns ?? 80) - 1)}`);
    },
    end() {
      if (drawn) terminal.err.write('\r\u001B[2K');
      drawn = false;
      last = Number.NEGATIVE_INFINITY;
    },
  };
}

function plainLines(terminal: Terminal, now: () => number): Progress {
  let last = now();
  return {
    show(state) {
      if (now() - last < plainMs) return;
      last = now();
      terminal.err.write(`${plainLine(state)}\n`);
    },
    end: () => undefined,
  };
}

/** `████░░ 45 %  2,250 of 5,000  Reading accounts  12 s left` */
export function barLine(state: ProgressState): string {
  const { total, done } = state;
  if (total === null || total === 0) return plainLine(state);
  const part = Math.min(1, done / total);
  const full = Math.round(part * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${String(Math.floor(part * 100)).padStart(3)} %  ${counts(state)}  ${tail(state)}`.trimEnd();
}

function plainLine(state: ProgressState): string {
  return `${counts(state)}  ${tail(state)}`.trim();
}

function counts({ done, total }: ProgressState): string {
  if (total === null) return done === 0 ? '' : done.toLocaleString('en-US');
  return `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
}

function tail({ text, secondsLeft }: ProgressState): string {
  const left = secondsLeft === null || secondsLeft === undefined ? '' : `  ${duration(secondsLeft)} left`;
  return `${terminalSafe(text)}${left}`;
}
