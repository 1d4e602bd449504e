import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { originalError } from '../original-error.ts';
import type { Output } from '../terminal/output.ts';
import { clientOf } from './connection.ts';
import type { Connection } from './connection.ts';

/** Starts the server inside this process for one command, on any free port of this machine alone. */
export async function startEmbeddedServer(output: Output): Promise<Connection> {
  const { createLog, loadConfig, startServer } = await import('@rollcall/server');
  const config = loadConfig(output.terminal.environment);
  const log = createLog(output.terminal.environment['ROLLCALL_LOG_LEVEL'] === undefined ? 'error' : config.logLevel);
  try {
    const server = await startServer({ ...config, host: '127.0.0.1', port: 0, publicUrl: undefined, stopDelaySeconds: 0 }, { log, webFolder: null });
    return { client: clientOf(server.url, server.localToken), url: server.url, embedded: true, [Symbol.asyncDispose]: () => server.close() };
  } catch (thrown) {
    const error = originalError(thrown);
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`No Rollcall server answers, and one cannot be started here: ${reason}`, exitCodes.unreachable, { cause: error });
  }
}
