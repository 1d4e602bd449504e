import { randomBytes } from 'node:crypto';
import { startSandbox, writeExport } from '@rollcall/sandbox';
import type { ExportOptions, ExportShape, Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { onTestFinished } from 'vitest';
import { createKeyRing, createSecrets } from '../../src/features/secrets/index.ts';
import { sourceHandlers } from '../../src/features/sources/index.ts';
import { startSyncWorkers, syncHandlers, syncQueue } from '../../src/features/sync/index.ts';
import { openUploads, previewQueue, startUploadWorkers, uploadHandlers } from '../../src/features/uploads/index.ts';
import { createVendors } from '../../src/features/vendor/index.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { testDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';
import type { TestAnswer } from '../support/http-server.ts';

const unlimited = { acquire: () => Promise.resolve({ grantedAt: new Date() }), cool: () => Promise.resolve() };

export async function setUp(options: SandboxOptions & { readonly largestUploadBytes?: number } = {}) {
  const { largestUploadBytes = 100 * 1024 * 1024, ...world } = options;
  const sandbox = await startSandbox({ users: 200, rateLimits: { lastActiveDates: null }, ...world });
  const database = await testDatabase();
  const jobs = await createJobs({ connectionString: database.connectionString, queues: [syncQueue, previewQueue], onError: () => undefined });
  const secrets = createSecrets(database.db, createKeyRing([randomBytes(32)], 'test'));
  const stop = new AbortController();
  const http = await startTestHttp(database, {
    handlers: (deps) => {
      const all = { ...deps, jobs, secrets, ...createVendors({ ...deps, secrets }, unlimited), largestUploadBytes };
      return [...sourceHandlers(all), ...syncHandlers(all), ...uploadHandlers(all)];
    },
  });
  const work = { ...http.deps, jobs, secrets, ...createVendors({ ...http.deps, secrets }, unlimited), openUpload: openUploads(http.deps) };
  await startSyncWorkers(work, stop.signal);
  await startUploadWorkers(work, stop.signal);
  onTestFinished(async () => {
    stop.abort(new Error('The test is over.'));
    await jobs.stop();
    await http.close();
    await sandbox.close();
    await database.drop();
  });
  const admin = await http.makePerson({ role: 'administrator' });
  const call = (method: string, path: string, body?: unknown): Promise<TestAnswer> => http.call(method, `/api/v1${path}`, { bearer: admin.bearer, ...(body === undefined ? {} : { body }) });
  /** Sends a file; answers the upload once its preview is made. */
  const upload = async (file: string | Uint8Array<ArrayBuffer>, fileName = 'export-users.csv'): Promise<TestAnswer> => {
    const made = await call('POST', '/uploads', { fileName });
    const sent = await fetch(`${http.url}/api/v1/uploads/${made.body.id}/content`, { method: 'PUT', body: file, headers: { authorization: `Bearer ${admin.bearer}`, 'content-type': 'application/octet-stream' } });
    if (!sent.ok) throw new Error(await sent.text());
    await call('GET', `/uploads/${made.body.id}/events`);
    return call('GET', `/uploads/${made.body.id}`);
  };
  /** Takes an upload and waits for its sync. */
  const take = async (uploadId: string, as: object, exportedOn: string): Promise<TestAnswer> => {
    const taken = await call('POST', `/uploads/${uploadId}/take`, { as, exportedOn });
    if (taken.status !== 202) return taken;
    await call('GET', `/syncs/${taken.body.sync.id}/events`);
    return { ...taken, body: { sourceId: taken.body.sourceId, sync: (await call('GET', `/syncs/${taken.body.sync.id}`)).body } };
  };
  return { sandbox, database, http, admin, call, upload, take, work };
}

export async function exportOf(sandbox: Sandbox, shape: ExportShape = 'users', options: ExportOptions = {}): Promise<string> {
  let text = '';
  for await (const piece of writeExport(shape, { world: sandbox.world, ...options })) text += piece;
  return text;
}

export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
