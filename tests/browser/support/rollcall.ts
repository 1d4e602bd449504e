import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, loadConfig, startServer } from '@rollcall/server';
import type { RunningServer, ServeOptions } from '@rollcall/server';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox, SandboxOptions } from '@rollcall/sandbox';

export interface Rollcall {
  readonly url: string;
  readonly server: RunningServer;
  readonly sandbox: Sandbox;
  readonly dataFolder: string;
  readonly close: () => Promise<void>;
}

export interface RollcallOptions {
  readonly sandbox?: SandboxOptions;
  /** Another build of the web app than packages/web/dist. */
  readonly webFolder?: string;
  /** Shorter waits for the vendor in runs; default: those of the product. */
  readonly runTiming?: ServeOptions['runTiming'];
}

/** The product as people run it, on an embedded database of its own, beside a simulated Atlassian organisation. */
export async function startRollcall({ sandbox: world = {}, webFolder, runTiming }: RollcallOptions = {}): Promise<Rollcall> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'rollcall-browser-'));
  const sandbox = await startSandbox({ users: 120, seed: 7, ...world });
  const config = loadConfig({ ROLLCALL_DATA: dataFolder, ROLLCALL_PORT: '0' });
  const server = await startServer(config, { log: createLog('error'), ...(webFolder === undefined ? {} : { webFolder }), ...(runTiming === undefined ? {} : { runTiming }) });
  return {
    url: server.url,
    server,
    sandbox,
    dataFolder,
    close: async () => {
      await server.close();
      await sandbox.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
