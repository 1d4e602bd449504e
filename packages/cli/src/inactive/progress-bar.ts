import type { Writable } from 'node:stream';

export interface ProgressBar {
  at(bytes: number): void;
  done(): void;
}

const width = 30;
const everyMilliseconds = 100;

/** A bar of the bytes read, drawn on a terminal only; elsewhere it draws nothing. `now` gives milliseconds. */
export function progressBar(err: Writable, totalBytes: number, now: () => number): ProgressBar {
  if (!('isTTY' in err) || err.isTTY !== true) return { at: () => undefined, done: () => undefined };
  let last = now();
  let drawn = false;
  return {
    at(bytes) {
      if (now() - last < everyMilliseconds) return;
      last = now();
      drawn = true;
      const part = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
      const full = Math.round(part * width);
      const text = `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(part * 100)} %  ${megabytes(bytes)} of ${megabytes(totalBytes)} MB`;
      err.write(`\r${text}`);
    },
    done() {
      if (drawn) err.write('\r\u001B[2K');
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
