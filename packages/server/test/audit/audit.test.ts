import { createHash } from 'node:crypto';
import { verifyExport } from '@rollcall/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../src/db/index.ts';
import { auditHandlers, logAuditHeads, recordAudit } from '../../src/features/audit/index.ts';
import { actorNames } from '../../src/features/people/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { itemsOf, startTestHttp } from '../support/http-server.ts';
import type { TestAnswer, TestHttpServer } from '../support/http-server.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
let database: TestDatabase;
let server: TestHttpServer;
let bearer: string;
beforeAll(async () => {
  database = await testDatabase();
  server = await startTestHttp(database, { handlers: (deps) => auditHandlers(deps, actorNames) });
  ({ bearer } = await server.makePerson({ role: 'administrator' }));
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const record = (n: number, payload: Record<string, unknown> = {}) =>
  transaction(database.pool, (trx) =>
    recordAudit(trx, { workspaceId: server.workspaceId, actor: { id: 'system', name: 'Rollcall', kind: 'system' } }, { kind: 'source.created', subjectKind: 'source', subjectId: `s${n}`, payload: { name: `Größe ${n} 東京`, ratio: 0.1, nested: { b: 1, a: [null, true] }, ...payload } }, new Date()));
const verify = async (): Promise<TestAnswer['body']> => (await server.call('POST', '/api/v1/audit/verify', { bearer })).body;
const exported = async () => (await server.call('GET', '/api/v1/audit/export', { bearer })).text.trimEnd().split('\n');

/** What a person with the database's password can do, and the trail has to show. */
async function tamper(statement: string): Promise<void> {
  const client = await database.pool.connect();
  await client.query("set session_replication_role = 'replica'");
  await client.query(statement);
  await client.query("set session_replication_role = 'origin'");
  client.release();
}

describe('the trail', () => {
  it('keeps order and has no gaps under many writers, and nothing of what was rolled back', async () => {
    await Promise.all(Array.from({ length: 40 }, async (_, n) => {
      if (n % 4 !== 0) return record(n);
      await expect(transaction(database.pool, async (trx) => {
        await recordAudit(trx, { workspaceId: server.workspaceId, actor: { id: 'system', name: '', kind: 'system' } }, { kind: 'x.y', subjectKind: null, subjectId: null, payload: {} }, new Date());
        throw new Error('rolled back');
      })).rejects.toThrow('rolled back');
      return undefined;
    }));
    expect(await verify()).toMatchObject({ ok: true, events: 30, problem: null });
  });

  it('refuses changes by ordinary means', async () => {
    await expect(database.db.updateTable('audit_event').set({ kind: 'x' }).execute()).rejects.toThrow('append-only');
    await expect(database.db.deleteFrom('audit_event').execute()).rejects.toThrow('append-only');
  });

  it('lists newest first by pages, in sentences', async () => {
    const first = (await server.call('GET', '/api/v1/audit?limit=20', { bearer })).body;
    const rest = (await server.call('GET', `/api/v1/audit?limit=20&after=${first.next}`, { bearer })).body;
    const seqs = [...first.items, ...rest.items].map((event: { seq: number }) => event.seq);
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, n) => 30 - n));
    expect(rest.next).toBeNull();
    expect(first.items[0].text).toMatch(/^Rollcall added the source Größe \d+ 東京\.$/u);
    expect((await server.call('GET', '/api/v1/audit?subjectId=s1', { bearer })).body.items).toHaveLength(1);
    expect((await server.call('GET', '/api/v1/audit?after=abc', { bearer })).status).toBe(400);
  });

  it('is exported so that it can be verified without us', async () => {
    const lines = await exported();
    expect(await verifyExport(lines, sha256)).toMatchObject({ ok: true, events: 31 });
    const missing = lines.filter((_, index) => index !== 7);
    expect(await verifyExport(missing, sha256)).toMatchObject({ ok: false, problem: { kind: 'removed', seq: 7 } });
    const changed = lines.map((line, index) => (index === 9 ? line.replace('Größe', 'Grosse') : line));
    expect(await verifyExport(changed, sha256)).toMatchObject({ ok: false, problem: { kind: 'payloadChanged', seq: 9 } });
  });

  it('keeps its chain when what an event says is erased', async () => {
    await database.db.deleteFrom('audit_payload').where('seq', '=', 3).execute();
    expect((await verify()).ok).toBe(true);
    expect(await verifyExport(await exported(), sha256)).toMatchObject({ ok: true, withoutPayload: 1 });
    const event = itemsOf<{ seq: number }>(await server.call('GET', '/api/v1/audit?limit=500', { bearer })).find((one) => one.seq === 3);
    expect(event).toMatchObject({ erased: true, actor: null, payload: null });
  });

  it('writes its head into the log', async () => {
    await logAuditHeads(server.deps);
    const head = await database.db.selectFrom('audit_head').selectAll().where('workspace_id', '=', server.workspaceId).executeTakeFirstOrThrow();
    expect(server.logLines.some((line) => line.includes('Audit head') && line.includes(`"seq":${head.seq}`) && line.includes(head.hash.toString('hex')))).toBe(true);
  });

  it('is hidden from those who are limited, save what is theirs', async () => {
    await record(900, { sourceId: '01a205fc-23a4-70d6-ae33-2b9974277701' });
    const bySource = await server.makePerson({ role: 'administrator', sourceIds: ['01a205fc-23a4-70d6-ae33-2b9974277701'] });
    expect(itemsOf<{ subjectId: string }>(await server.call('GET', '/api/v1/audit', { bearer: bySource.bearer })).map((event) => event.subjectId)).toEqual(['s900']);
    const bySite = await server.makePerson({ role: 'administrator', sites: ['acme'] });
    expect((await server.call('GET', '/api/v1/audit', { bearer: bySite.bearer })).body.items).toEqual([]);
    expect((await server.call('GET', '/api/v1/audit/export', { bearer: bySource.bearer })).status).toBe(403);
    expect((await server.call('POST', '/api/v1/audit/verify', { bearer: bySite.bearer })).status).toBe(403);
    expect((await server.call('GET', '/api/v1/audit', { bearer: (await server.makePerson({ role: 'operator' })).bearer })).status).toBe(403);
  });
});

describe('what is done to it behind our back', () => {
  it('is found and named', async () => {
    await tamper("update audit_payload set payload = jsonb_set(payload, '{name}', '\"x\"') where seq = 5");
    expect((await verify()).problem).toMatchObject({ seq: 5, kind: 'payloadChanged' });
    await database.db.deleteFrom('audit_payload').where('seq', '=', 5).execute();
    expect((await verify()).ok).toBe(true);
    await tamper("delete from audit_payload where seq >= 33; delete from audit_event where seq >= 33");
    expect((await verify()).problem).toMatchObject({ kind: 'cutTail', seq: 33 });
    await tamper('delete from audit_payload where seq = 8; delete from audit_event where seq = 8');
    expect((await verify()).problem).toMatchObject({ kind: 'removed', seq: 8 });
    await tamper("update audit_event set kind = 'source.removed' where seq = 6");
    expect((await verify()).problem).toMatchObject({ kind: 'changed', seq: 6 });
  });
});
