import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { rotateKeys } from '../../src/app/rotate-keys.ts';
import { transaction } from '../../src/db/index.ts';
import { signInSecrets } from '../../src/features/people/index.ts';
import { claimKey, createSecrets, ensureKeyFile } from '../../src/features/secrets/index.ts';
import type { KeyRing } from '../../src/features/secrets/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sourceId = '01a205fc-23a4-70d6-ae33-2b9974277701';
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp('/tmp/rollcall-rotate-');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

it('replaces the key file\'s key, with API keys and two-factor secrets sealed anew', async () => {
  const { db } = database;
  const before = await ensureKeyFile(folder);
  const { id: workspaceId } = await db.insertInto('workspace').values({ key: sourceId, name: 'w' }).returning('id').executeTakeFirstOrThrow();
  const realm = await db.insertInto('realm').values({ workspace_id: workspaceId, kind: 'atlassian-org', vendor_id: 'o', name: 'o' }).returning('id').executeTakeFirstOrThrow();
  await db.insertInto('source').values({ id: sourceId, workspace_id: workspaceId, realm_id: realm.id, kind: 'atlassian-org', name: 'o' }).execute();
  await transaction(database.pool, (trx) => createSecrets(db, before).seal(trx, { workspaceId }, sourceId, 'apiKey', 'the key'));
  await db.insertInto('person').values({ id: sourceId, name: 'P', email: 'p@example.com' }).execute();
  const sealed = await symmetricEncrypt({ key: keysOf(before), data: 'JBSWY3DPEHPK3PXP' });
  await db.insertInto('person_two_factor').values({ id: sourceId, person_id: sourceId, secret: sealed, backup_codes: sealed }).execute();

  await claimKey(db, before);
  const rotated = await rotateKeys(loadConfig({ DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder }), log);
  const after = await ensureKeyFile(folder);
  expect(rotated).toEqual({ keyId: after.current.id, values: 1, people: 1 });
  expect(after.all.map(({ id }) => id)).toEqual([after.current.id]);
  expect(after.current.id).not.toBe(before.current.id);
  expect(await readFile(`${folder}/secret.key`, 'utf8')).not.toContain(before.current.bytes.toString('base64'));
  expect(await createSecrets(db, after).open({ workspaceId }, sourceId, 'apiKey')).toBe('the key');
  const { secret } = await db.selectFrom('person_two_factor').select('secret').executeTakeFirstOrThrow();
  expect(await symmetricDecrypt({ key: keysOf(after), data: secret })).toBe('JBSWY3DPEHPK3PXP');
  await claimKey(db, after);
  await expect(claimKey(db, before)).rejects.toThrow(`seals with the secret key ${after.current.id}`);
  await expect(createSecrets(db, before).open({ workspaceId }, sourceId, 'apiKey')).rejects.toThrow(after.current.id);
});

function keysOf(ring: KeyRing): { keys: Map<number, string>; currentVersion: number } {
  const all = signInSecrets(ring);
  return { keys: new Map(all.map(({ version, value }) => [version, value])), currentVersion: all[0]?.version ?? 0 };
}
