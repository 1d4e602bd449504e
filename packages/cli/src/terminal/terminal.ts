import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the outside: the two outputs, the input, and what the environment says. */
export interface Terminal {
  readonly out: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly err: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM: waiting ends, nothing at the vendor is cut short. */
  readonly signal: AbortSignal;
}

/** Whether somebody sits there who can be asked. */
export function canAsk(terminal: Terminal): boolean {
  return terminal.input.isTTY === true && terminal.err.isTTY === true;
}
