import { ProblemError, routes } from '@rollcall/contract';
import { CliError, usageError } from '../cli-error.ts';
import { isUnreachable } from '../error-report.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { announcedServer, readTrimmed } from './address-file.ts';
import { connectionTo } from './connection.ts';
import type { Connection } from './connection.ts';
import { demoFolder, isOurs } from './demo-folder.ts';
import { startEmbeddedServer } from './embedded-server.ts';

export interface ConnectOptions {
  readonly server?: string | undefined;
  readonly token?: string | undefined;
}

/**
 * The server a command talks to: the one named by --server or ROLLCALL_URL; else the one of this machine's data folder that runs; else
 * the demo that runs; else one started for the command alone. Throws with exit code 5 when a named server does not answer, 6 when it
 * does not let us in.
 */
export async function connect(output: Output, options: ConnectOptions): Promise<Connection> {
  return (await namedServer(output, options)) ?? (await runningHere(output)) ?? startEmbeddedServer(output);
}

/** The server that is named, or the data folder's own one that runs; never the demo by chance, and none is started. Null when there is none. */
export async function connectIfRunning(output: Output, options: ConnectOptions): Promise<Connection | null> {
  return (await namedServer(output, options)) ?? ownServer(output);
}

async function namedServer(output: Output, options: ConnectOptions): Promise<Connection | null> {
  const { environment } = output.terminal;
  const url = options.server ?? given(environment['ROLLCALL_URL']);
  const token = options.token ?? given(environment['ROLLCALL_TOKEN']);
  if (url !== undefined) return named(url, token ?? (await tokenOfThisMachine(output, url)));
  return token === undefined ? null : named(await defaultUrl(output), token);
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

async function named(url: string, token: string): Promise<Connection> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw usageError(`${url} is not the address of a server. Write it like http://127.0.0.1:7077.`);
  const connection = connectionTo(url, token);
  try {
    await connection.client.call(routes.session.me, {});
    return connection;
  } catch (error) {
    if (isUnreachable(error)) throw new CliError(`No server answers at ${url}. Is it running? Start one with: rollcall serve`, exitCodes.unreachable, { cause: error });
    throw error;
  }
}

/** The data folder's own server first, on the port it announced or the usual one; then the demo. */
async function runningHere(output: Output): Promise<Connection | null> {
  const own = await ownServer(output);
  if (own !== null) return own;
  const folder = await demoFolder();
  const demo = await tryFolder(folder, await announcedServer(folder));
  if (demo !== null) output.note(`Using the demo at ${demo.url} (choose another server with --server or ROLLCALL_URL).`);
  return demo;
}

async function ownServer(output: Output): Promise<Connection | null> {
  const { loadConfig } = await import('@rollcall/server');
  const { dataFolder } = loadConfig(output.terminal.environment);
  return (await tryFolder(dataFolder, await announcedServer(dataFolder))) ?? tryFolder(dataFolder, await defaultUrl(output));
}

async function tryFolder(dataFolder: string, url: string | null): Promise<Connection | null> {
  const { localTokenPath } = await import('@rollcall/server');
  const token = await readTrimmed(localTokenPath(dataFolder));
  if (token === null || url === null || !(await isOurs(dataFolder))) return null;
  const connection = connectionTo(url, token);
  try {
    await connection.client.call(routes.session.me, {});
    return connection;
  } catch (error) {
    // Nobody there, a server of another data folder, or another program altogether: not ours.
    if (isUnreachable(error) || error instanceof ProblemError) return null;
    throw error;
  }
}

async function defaultUrl(output: Output): Promise<string> {
  const { loadConfig } = await import('@rollcall/server');
  return `http://127.0.0.1:${loadConfig(output.terminal.environment).port}`;
}

/** The local token opens this machine's own servers and is sent nowhere else. */
async function tokenOfThisMachine(output: Output, url: string): Promise<string> {
  const needed = new CliError(`${url} needs a token. Give one with ROLLCALL_TOKEN or --token; rollcall token create makes one.`, exitCodes.notPermitted);
  if (!isLoopback(url)) throw needed;
  const { loadConfig, localTokenPath } = await import('@rollcall/server');
  const { dataFolder } = loadConfig(output.terminal.environment);
  for (const folder of [await demoFolder(), dataFolder]) {
    const token = await readTrimmed(localTokenPath(folder));
    // A server that does not answer is told apart later; here the last token stands in.
    if (token !== null && (folder === dataFolder || (await tryFolder(folder, url)) !== null)) return token;
  }
  throw needed;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
