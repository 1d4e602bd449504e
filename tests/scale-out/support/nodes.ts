import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { until } from './until.ts';

export interface NodeOptions {
  readonly databaseUrl: string;
  readonly role?: 'api' | 'worker' | 'all';
  readonly port?: number;
  /** More settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `rollcall serve` itself, or the process whose waits are short and which can be frozen (default). */
  readonly program?: 'rollcall' | 'short waits';
}

export interface RunningNode {
  readonly url: string;
  readonly setupLink: string | null;
  /** Signed in by the token of the node's own data folder, which no other node knows. */
  readonly client: Client;
  readonly dataFolder: string;
  readonly pid: number;
  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGCONT'): void;
  /** Settles with the exit code; null after a kill. */
  readonly exited: Promise<number | null>;
  /** Whether the operating system says that it is stopped (SIGSTOP). */
  isFrozen(): Promise<boolean>;
}

const secretKey = 'c2NhbGUtb3V0IHRlc3RzIHVzZSB0aGlzIGtleSAhISE=';
const programs = {
  'rollcall': [fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url)), 'serve', '--json'],
  'short waits': [fileURLToPath(new URL('node-process.ts', import.meta.url))],
} as const;
const ready = z.object({ url: z.string(), setupLink: z.string().nullable() });

/** Starts a node with a data folder of its own, as on a machine of its own, and waits until it answers. Killed when the test is over (or whatever `atEnd` means). */
export async function startNode(options: NodeOptions, atEnd: (work: () => Promise<void>) => void = onTestFinished): Promise<RunningNode> {
  const dataFolder = await mkdtemp('/tmp/rollcall-scale-node-');
  const child = spawn(process.execPath, programs[options.program ?? 'short waits'], {
    env: {
      PATH: process.env['PATH'], HOME: dataFolder, DATABASE_URL: options.databaseUrl, ROLLCALL_DATA: dataFolder, ROLLCALL_SECRET_KEY: secretKey, ROLLCALL_LOG_LEVEL: 'error',
      ROLLCALL_PORT: String(options.port ?? 0), ROLLCALL_ROLE: options.role ?? 'all', ...options.settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => { child.once('exit', (code) => { resolve(code); }); });
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  const { url, setupLink } = await answerOf(child);
  const token = (await readFile(`${dataFolder}/local-token`, 'utf8')).trim();
  return {
    url, setupLink, dataFolder, exited,
    pid: child.pid ?? 0,
    client: createClient({ baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) }),
    signal: (name) => { child.kill(name); },
    isFrozen: async () => /\) [Tt] /u.test(await readFile(`/proc/${child.pid ?? 0}/stat`, 'utf8')),
  };
}

/** The first JSON text that the node prints. */
async function answerOf(child: ChildProcess): Promise<z.output<typeof ready>> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  return until('the node is ready', async () => {
    if (child.exitCode !== null) throw new Error(`The node ended with ${child.exitCode} before it was ready: ${text}`);
    try {
      return await Promise.resolve(ready.parse(JSON.parse(text)));
    } catch {
      return null;
    }
  });
}
