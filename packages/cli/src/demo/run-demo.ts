import path from 'node:path';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';
import { createLog, loadConfig, startServer } from '@rollcall/server';
import type { RunningServer } from '@rollcall/server';
import { CliError } from '../cli-error.ts';
import { announceServer, withdrawServer } from '../connection/address-file.ts';
import { demoFolder } from '../connection/demo-folder.ts';
import { clientOf } from '../connection/connection.ts';
import type { Session } from '../context.ts';
import { untilStopped } from '../setup/until-stopped.ts';
import type { Output } from '../terminal/output.ts';
import { assertNoDemoRuns, stopLeftDatabase } from './earlier-demo.ts';
import { clearFolder, readState, writeState } from './folder.ts';
import type { DemoState } from './folder.ts';
import { freePort } from './free-port.ts';
import { showDemo } from './show-demo.ts';

export interface DemoOptions {
  readonly users: number;
  readonly port: number;
  readonly data?: string;
  readonly keep?: true;
  readonly once?: true;
}

/** The whole demo: simulated organisation, server, source, sync, summary, dry-run plan, address; then stays up. */
export async function runDemo(output: Output, options: DemoOptions): Promise<void> {
  const folder = options.data === undefined ? await demoFolder() : path.resolve(options.data);
  await assertNoDemoRuns(folder);
  await stopLeftDatabase(folder);
  const kept = await prepare(output, folder, options);
  await using cleanUp = new AsyncDisposableStack();
  const sandbox = await openSandbox(kept ?? { users: options.users, startedAt: new Date().toISOString(), sandboxPort: 0 });
  cleanUp.defer(() => sandbox.close());
  const server = await openServer(output, folder, options.port);
  cleanUp.defer(() => server.close());
  await announceServer(folder, server.url);
  cleanUp.defer(() => withdrawServer(folder));
  const users = kept?.users ?? options.users;
  await writeState(folder, { users, startedAt: kept?.startedAt ?? new Date(sandbox.clock.now()).toISOString(), sandboxPort: Number(new URL(sandbox.url).port) });
  const client = clientOf(server.url, server.localToken);
  const connection = { client, url: server.url, embedded: true, [Symbol.asyncDispose]: () => Promise.resolve() };
  const session: Session = { ...output, client, connection, end: () => undefined };
  await showDemo(session, { sandbox, server, users, goOn: options.once === true ? startAgain(options) : null });
  if (options.once === true) return;
  output.note('It stays up until you press Ctrl-C.');
  await untilStopped(output.terminal.signal, server.ended);
  output.note('Stopping …');
}

/** What a demo that ends is started again with, its data kept. */
function startAgain({ data }: DemoOptions): string {
  return ['npm run demo -- --keep', ...(data === undefined ? [] : ['--data', /^[\w./-]+$/.test(data) ? data : `'${data.replaceAll("'", String.raw`'\''`)}'`])].join(' ');
}

/** @returns what the kept demo was made from; null for a new one */
async function prepare(output: Output, folder: string, { keep, users }: DemoOptions): Promise<DemoState | null> {
  const earlier = await readState(folder);
  if (keep === true && earlier !== null) {
    output.note(`Going on with the last demo in ${folder}: ${earlier.users.toLocaleString('en-US')} people.`);
    return earlier;
  }
  await clearFolder(folder);
  const people = `${users.toLocaleString('en-US')} people`;
  output.note(earlier === null ? `Making a simulated organisation of ${people}; its data goes to ${folder} …` : `Making the demo anew with ${people} in ${folder} (--keep would go on with the last one) …`);
  return null;
}

async function openSandbox({ users, startedAt, sandboxPort }: DemoState): Promise<Sandbox> {
  try {
    return await startSandbox({ users, now: startedAt, port: sandboxPort, neverActive: 'nullTimestamp' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new CliError(`Port ${sandboxPort}, on which the last demo had its simulated organisation, is taken. Leave --keep out to make a new demo.`, undefined, { cause: error });
    }
    throw error;
  }
}

async function openServer(output: Output, folder: string, wanted: number): Promise<RunningServer> {
  const port = await freePort(wanted);
  if (port !== wanted) output.note(`Port ${wanted} is taken; the web app is on ${port}.`);
  const config = { ...loadConfig({}), dataFolder: folder, port };
  return startServer(config, { log: createLog('error') });
}
