import { Command } from 'commander';
import { connect, connectIfRunning } from './connection/connect.ts';
import type { Connection } from './connection/connection.ts';
import type { Context, Session } from './context.ts';
import { createOutput } from './terminal/output.ts';
import type { Output } from './terminal/output.ts';

/** What every command takes, before or after its own options. */
interface GlobalOptions {
  readonly server?: string;
  readonly token?: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly color: boolean;
}

/** A command with its one sentence and the examples that its help and the reference show. */
export function command(name: string, summary: string, examples: readonly string[]): Command {
  const made = new Command(name).description(summary);
  if (examples.length > 0) made.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  return made;
}

/** An action that needs no server. */
export function offline<A extends unknown[]>(context: Context, work: (output: Output, ...given: A) => Promise<void>): (...given: [...A, Command]) => Promise<void> {
  return async (...given) => {
    const globals = globalsOf(given);
    await work(createOutput(context.terminal, { json: globals.json === true, quiet: globals.quiet === true, color: globals.color }), ...withoutLast<A>(given));
  };
}

/** An action on a server: connects, works, and stops a server that was started for it. */
export function online<A extends unknown[]>(context: Context, work: (session: Session, ...given: A) => Promise<void>): (...given: [...A, Command]) => Promise<void> {
  return async (...given) => {
    const globals = globalsOf(given);
    const output = createOutput(context.terminal, { json: globals.json === true, quiet: globals.quiet === true, color: globals.color });
    await using connection = await connect(output, { server: globals.server, token: globals.token });
    await work({ ...output, client: connection.client, connection, end: (code) => { context.end(code); } }, ...withoutLast<A>(given));
  };
}

/** An action on the server that runs, or without one: `connection` is null when none was named and none runs here. */
export function whereItRuns<A extends unknown[]>(context: Context, work: (output: Output, connection: Connection | null, ...given: A) => Promise<void>): (...given: [...A, Command]) => Promise<void> {
  return async (...given) => {
    const globals = globalsOf(given);
    const output = createOutput(context.terminal, { json: globals.json === true, quiet: globals.quiet === true, color: globals.color });
    const connection = await connectIfRunning(output, { server: globals.server, token: globals.token });
    await work(output, connection, ...withoutLast<A>(given));
  };
}

/** commander gives an action its arguments, its options and, last, the command itself. */
function globalsOf(given: readonly unknown[]): GlobalOptions {
  const self = given.at(-1);
  if (!(self instanceof Command)) throw new TypeError('An action is called by commander with its command last.');
  return self.optsWithGlobals<GlobalOptions>();
}

function withoutLast<A extends unknown[]>(given: readonly [...A, Command]): A {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all but the last of [...A, Command] is A, which slice cannot say
  return given.slice(0, -1) as A;
}
