import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { z } from 'zod';

const ready = z.object({ url: z.string(), token: z.string() });

export interface NodeUnderTest {
  readonly client: Client;
  readonly token: string;
  /** SIGKILL, and waits until the process is gone. The embedded database lives on unless `withDatabase`. */
  kill(withDatabase?: boolean): Promise<void>;
}

/** Starts a node on a data folder and waits until it answers. */
export async function startNode(dataFolder: string): Promise<NodeUnderTest> {
  const child = spawn(process.execPath, [new URL('server-process.ts', import.meta.url).pathname], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ROLLCALL_DATA: dataFolder, ROLLCALL_PORT: '0', ROLLCALL_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  const { url, token } = ready.parse(JSON.parse(await firstLine(child)));
  return {
    token,
    client: createClient({ baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) }),
    async kill(withDatabase = false) {
      child.kill('SIGKILL');
      if (withDatabase) await killDatabase(dataFolder);
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The node has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The node ended before it was ready.');
}

/** Kills the postmaster of the data folder: power loss for the database as well. */
async function killDatabase(dataFolder: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const file = await readFile(`${dataFolder}/postgres/data/postmaster.pid`, 'utf8').catch(() => readFile(`${dataFolder}/postgres/postmaster.pid`, 'utf8'));
  process.kill(Number(file.split('\n')[0]), 'SIGKILL');
  await wait(50);
}

/** Asks until `done` says so. Fails with what was seen last when it takes longer than two minutes. */
export async function until<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  const giveUpAt = Date.now() + 120_000;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > giveUpAt) throw new Error(`Still not done: ${JSON.stringify(answer)}`);
    await wait(150);
  }
}
