import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { command, offline } from '../command.ts';
import { announceServer, withdrawServer } from '../connection/address-file.ts';
import type { Context } from '../context.ts';
import { untilStopped } from './until-stopped.ts';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly role?: 'api' | 'worker' | 'all';
  readonly data?: string;
}

/** `rollcall serve` */
export function serveCommand(context: Context): Command {
  return command('serve', 'Run the server with the web app until Ctrl-C', ['rollcall serve', 'rollcall serve --port 8080', 'DATABASE_URL=postgres://… rollcall serve --role worker'])
    .option('--port <port>', 'port to listen on (default: 7077, or ROLLCALL_PORT)', portOption)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, or ROLLCALL_HOST)')
    .addOption(new Option('--role <role>', 'what this node does; others than all need DATABASE_URL').choices(['api', 'worker', 'all']))
    .option('--data <folder>', 'folder of the embedded database (default: ROLLCALL_DATA)')
    .action(
      offline(context, async (output, { port, host, role, data }: ServeOptions) => {
        const { createLog, endOnUncaught, loadConfig, startServer } = await import('@rollcall/server');
        const { environment, signal } = output.terminal;
        const config = loadConfig({
          ...environment,
          ...(port === undefined ? {} : { ROLLCALL_PORT: String(port) }),
          ...(host === undefined ? {} : { ROLLCALL_HOST: host }),
          ...(role === undefined ? {} : { ROLLCALL_ROLE: role }),
          ...(data === undefined ? {} : { ROLLCALL_DATA: data }),
        });
        const log = createLog(config.logLevel);
        const server = await startServer(config, { log });
        const calm = endOnUncaught(log);
        await announceServer(config.dataFolder, server.url);
        try {
          const { setupLink, url } = server;
          output.answer({ url, setupLink }, () => `Rollcall is ready at ${config.publicUrl ?? url}\n${setupLink === null ? '' : `Make the first administrator with this link, which works once:\n  ${setupLink}\n`}`);
          await untilStopped(signal, server.ended);
        } finally {
          await withdrawServer(config.dataFolder);
          await server.close();
          calm();
        }
      }),
    );
}

export function portOption(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a port from 0 to 65535; 0 takes any free one.');
  return port;
}
