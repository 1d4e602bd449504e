import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createClient, routes } from '@rollcall/contract';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { startServer } from '../../src/app/serve.ts';
import { testDatabase } from '../support/database.ts';

/** A wire to the database that can be cut: as when its machine is gone. */
async function cuttableWire(connectionString: string): Promise<{ connectionString: string; cut(): Promise<void>; mend(): Promise<void> }> {
  const url = new URL(connectionString);
  const host = decodeURIComponent(url.hostname);
  const port = Number(url.port === '' ? '5432' : url.port);
  const far = (): Socket => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host));
  const ends = new Set<Socket>();
  let server: Server;
  let ownPort = 0;
  const mend = async (): Promise<void> => {
    server = createServer((near) => {
      const other = far();
      for (const end of [near, other]) ends.add(end.on('error', () => undefined).on('close', () => { near.destroy(); other.destroy(); ends.delete(end); }));
      near.pipe(other).pipe(near);
    });
    server.listen(ownPort, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address is an object.
    ownPort = (server.address() as AddressInfo).port;
  };
  await mend();
  return {
    connectionString: `postgresql://${url.username}${url.password === '' ? '' : `:${url.password}`}@127.0.0.1:${ownPort}${url.pathname}`,
    mend,
    cut: async () => {
      server.close();
      for (const end of ends) end.destroy();
      await once(server, 'close');
    },
  };
}

it('a node lives through an outage of its database: it says so, answers 503, and goes on by itself', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const wire = await cuttableWire(database.connectionString);
  onTestFinished(() => wire.cut());
  const folder = await mkdtemp('/tmp/rollcall-outage-');
  onTestFinished(() => rm(folder, { recursive: true }));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const server = await startServer(loadConfig({ DATABASE_URL: wire.connectionString, ROLLCALL_DATA: folder, ROLLCALL_PORT: '0', ROLLCALL_SECRET_KEY: randomBytes(32).toString('hex') }), { log, webFolder: null });
  onTestFinished(() => server.close());
  const status = async (path: string): Promise<number> => (await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.localToken}` } })).status;
  expect([await status('/readyz'), await status('/api/v1/sources')]).toEqual([200, 200]);

  await wire.cut();
  await expect.poll(() => status('/readyz'), { timeout: 20_000 }).toBe(503);
  const refused = await fetch(`${server.url}/api/v1/sources`, { headers: { authorization: `Bearer ${server.localToken}` } });
  expect([refused.status, refused.headers.has('retry-after'), ((await refused.json()) as { code: string }).code]).toEqual([503, true, 'overloaded']);
  expect(await status('/healthz')).toBe(200);
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('rollcall_database_up 0');

  await wire.mend();
  await expect.poll(() => status('/readyz'), { timeout: 20_000 }).toBe(200);
  expect(await status('/api/v1/sources')).toBe(200);
  // The workers too: a file is looked at by a job.
  const client = createClient({ baseUrl: server.url, headers: () => ({ authorization: `Bearer ${server.localToken}` }) });
  const upload = await client.call(routes.uploads.create, { body: { fileName: 'users.csv' } });
  await client.call(routes.uploads.send, { params: { uploadId: upload.id } }, { bytes: 'no export at all' });
  await expect.poll(async () => (await client.call(routes.uploads.get, { params: { uploadId: upload.id } })).state, { timeout: 60_000 }).toBe('refused');
});
