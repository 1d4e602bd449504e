import type { Client } from '@rollcall/contract';
import type { ExitCode } from './exit-codes.ts';
import type { Connection } from './connection/connection.ts';
import type { Output } from './terminal/output.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What every command of the program is made with. */
export interface Context {
  readonly terminal: Terminal;
  /** Says how the program ends; the first end that is not 0 stays. */
  readonly end: (code: ExitCode) => void;
}

/** What a command that talks to a server works with. */
export interface Session extends Output {
  readonly client: Client;
  readonly connection: Connection;
  readonly end: (code: ExitCode) => void;
}
