import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../src/db/index.ts';
import { assertKeysKnown, createKeyRing, createSecrets, ensureKeyFile, resealSecrets, writeKeyFile } from '../../src/features/secrets/index.ts';
import type { KeyRing } from '../../src/features/secrets/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const plain = 'ATCTT3xFfGN0-the-admin-key-of-the-organisation';
const oldKey = randomBytes(32);
const newKey = randomBytes(32);
const oldRing = createKeyRing([oldKey], 'ROLLCALL_SECRET_KEY');
const sourceIds = ['01a205fc-23a4-70d6-ae33-2b9974277701', '01a205fc-23a4-70d6-ae33-2b9974277702'] as const;
let database: TestDatabase;
let workspaceId: number;
let otherWorkspaceId: number;
beforeAll(async () => {
  database = await testDatabase();
  workspaceId = await makeWorkspace('01a205fc-23a4-70d6-ae33-2b9974277703', sourceIds[0]);
  otherWorkspaceId = await makeWorkspace('01a205fc-23a4-70d6-ae33-2b9974277704', sourceIds[1]);
});
afterAll(() => database.drop());

async function makeWorkspace(key: string, sourceId: string): Promise<number> {
  const { db } = database;
  const { id } = await db.insertInto('workspace').values({ key, name: key }).returning('id').executeTakeFirstOrThrow();
  const realm = await db.insertInto('realm').values({ workspace_id: id, kind: 'atlassian-org', vendor_id: key, name: key }).returning('id').executeTakeFirstOrThrow();
  await db.insertInto('source').values({ id: sourceId, workspace_id: id, realm_id: realm.id, kind: 'atlassian-org', name: key }).execute();
  return id;
}
const sealOld = (value = plain) => transaction(database.pool, (trx) => createSecrets(database.db, oldRing).seal(trx, { workspaceId }, sourceIds[0], 'apiKey', value));
const rotate = (ring: KeyRing) => transaction(database.pool, (trx) => resealSecrets(trx, ring, new Date()));
const row = () => database.db.selectFrom('source_secret').selectAll().where('source_id', '=', sourceIds[0]).where('field', '=', 'apiKey').executeTakeFirstOrThrow();

describe('a stored secret', () => {
  it('opens where it was sealed and nowhere else, and is not in the table', async () => {
    await sealOld('first value');
    await sealOld();
    const secrets = createSecrets(database.db, oldRing);
    expect(await secrets.open({ workspaceId }, sourceIds[0], 'apiKey')).toBe(plain);
    expect(await secrets.open({ workspaceId: otherWorkspaceId }, sourceIds[0], 'apiKey')).toBeNull();
    expect(await secrets.open({ workspaceId }, sourceIds[0], 'password')).toBeNull();
    const stored = await row();
    expect(Buffer.concat([stored.nonce, stored.sealed]).toString('latin1')).not.toContain(plain.slice(0, 8));
  });

  it('does not open when the row was copied to another source, field or workspace', async () => {
    const stored = await row();
    await database.db.insertInto('source_secret').values({ ...stored, workspace_id: otherWorkspaceId, source_id: sourceIds[1] }).execute();
    await database.db.insertInto('source_secret').values({ ...stored, field: 'password' }).execute();
    const secrets = createSecrets(database.db, oldRing);
    await expect(secrets.open({ workspaceId: otherWorkspaceId }, sourceIds[1], 'apiKey')).rejects.toThrow('changed outside Rollcall');
    await expect(secrets.open({ workspaceId }, sourceIds[0], 'password')).rejects.toThrow('changed outside Rollcall');
    await database.db.deleteFrom('source_secret').where((where) => where.or([where('source_id', '=', sourceIds[1]), where('field', '=', 'password')])).execute();
  });

  it('does not open with any bit changed, and the error says nothing of it', async () => {
    const stored = await row();
    for (const at of [0, stored.sealed.length - 17, stored.sealed.length - 1]) {
      const changed = Buffer.from(stored.sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await database.db.updateTable('source_secret').set({ sealed: changed }).where('source_id', '=', sourceIds[0]).execute();
      const error = await createSecrets(database.db, oldRing).open({ workspaceId }, sourceIds[0], 'apiKey').catch((thrown: unknown) => thrown);
      expect(String(error)).toContain('Enter it again');
      expect(`${String(error)}${String((error as Error).cause)}`).not.toContain(plain.slice(5, 12));
    }
    await database.db.updateTable('source_secret').set({ sealed: stored.sealed }).where('source_id', '=', sourceIds[0]).execute();
  });

  it('names the key that is missing', async () => {
    const other = createKeyRing([randomBytes(32)], '/data/secret.key');
    await expect(createSecrets(database.db, other).open({ workspaceId }, sourceIds[0], 'apiKey')).rejects.toThrow(oldRing.current.id);
    await expect(assertKeysKnown(database.db, other)).rejects.toThrow(`sealed with the secret key ${oldRing.current.id}`);
    await expect(assertKeysKnown(database.db, other)).rejects.toThrow('/data/secret.key');
  });
});

describe('rotation', () => {
  it('seals everything with the new key, with an event, and lets the old one go', async () => {
    const ring = createKeyRing([newKey, oldKey], 'ROLLCALL_SECRET_KEY');
    expect(await rotate(ring)).toBe(1);
    expect(await rotate(ring)).toBe(0);
    const without = createKeyRing([newKey], 'ROLLCALL_SECRET_KEY');
    await assertKeysKnown(database.db, without);
    expect(await createSecrets(database.db, without).open({ workspaceId }, sourceIds[0], 'apiKey')).toBe(plain);
    const events = await database.db.selectFrom('audit_payload').innerJoin('audit_event', (join) => join.onRef('audit_event.workspace_id', '=', 'audit_payload.workspace_id').onRef('audit_event.seq', '=', 'audit_payload.seq')).select(['kind', 'payload']).execute();
    expect(events).toEqual([{ kind: 'secrets.rotated', payload: { values: 1, keyId: ring.current.id } }]);
  });

  it('changes nothing when one value cannot be opened', async () => {
    const before = await row();
    await database.db.insertInto('source_secret').values({ ...before, field: 'broken', sealed: Buffer.alloc(40) }).execute();
    const ring = createKeyRing([randomBytes(32), newKey], 'ROLLCALL_SECRET_KEY');
    await expect(rotate(ring)).rejects.toThrow('"broken"');
    expect(await row()).toEqual(before);
    await database.db.deleteFrom('source_secret').where('field', '=', 'broken').execute();
    expect(await rotate(ring)).toBe(1);
  });
});

describe('the key file', () => {
  it('is made once, closed to others, and says when it is broken', async () => {
    const folder = await mkdtemp('/tmp/rollcall-keys-');
    const [first, second] = await Promise.all([ensureKeyFile(folder), ensureKeyFile(folder)]);
    expect(first.current.id).toBe(second.current.id);
    expect((await stat(`${folder}/secret.key`)).mode & 0o777).toBe(0o600);
    await writeKeyFile(folder, [randomBytes(32), first.current.bytes]);
    const rotated = await ensureKeyFile(folder);
    expect(rotated.all.map(({ id }) => id)[1]).toBe(first.current.id);
    expect((await stat(`${folder}/secret.key`)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${folder}/secret.key`, 'utf8')).toMatch(/^# /u);
    await writeFile(`${folder}/secret.key`, 'short');
    await expect(ensureKeyFile(folder)).rejects.toThrow('secret.key does not hold keys');
    await rm(folder, { recursive: true });
  });
});
