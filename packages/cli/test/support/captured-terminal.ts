import { PassThrough, Writable } from 'node:stream';
import type { Terminal } from '../../src/terminal/terminal.ts';

export interface CapturedTerminal extends Terminal {
  outText(): string;
  errText(): string;
}

/** A terminal whose outputs are kept as text. Not a TTY unless said. */
export function capturedTerminal(options: { readonly environment?: Readonly<Record<string, string>>; readonly isTTY?: boolean } = {}): CapturedTerminal {
  const texts = { out: '', err: '' };
  const collect = (name: 'out' | 'err'): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk: unknown, _encoding, done) {
        texts[name] += String(chunk);
        done();
      },
    });
  const tty = options.isTTY === true ? { isTTY: true, columns: 80 } : {};
  return {
    out: Object.assign(collect('out'), tty),
    err: Object.assign(collect('err'), tty),
    input: new PassThrough(),
    environment: options.environment ?? {},
    signal: new AbortController().signal,
    outText: () => texts.out,
    errText: () => texts.err,
  };
}
