import { restoredFrom } from '@rollcall/contract';
import { expect, it } from 'vitest';
import { createDatabase } from '../../src/db/index.ts';
import { systemScope } from '../../src/app/scope.ts';
import { verifyTrail } from '../../src/features/audit/index.ts';
import { leftOut } from '../../src/features/backup/left-out.ts';
import { setUpRuns } from '../runs/support.ts';
import { backUp, contents, emptyDatabase, newFile, restore } from './support.ts';

/** What settling changes, or holds this restore's own event. */
const changedByRestore = new Set(['workspace', 'run', 'sync', 'audit_event', 'audit_head', 'audit_payload']);

it('gives every kept table back as it was, and lets nothing go on by itself', async () => {
  const from = await setUpRuns({ users: 120 });
  const { pool, db } = from.database;
  const plan = await from.plan({ action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } });
  const runId = await from.apply(plan);
  const before = await contents(pool);
  const file = await newFile();
  await backUp(pool, file);

  const to = await emptyDatabase();
  await to.pool.query("INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'To be replaced')");
  const restored = await restore(to.pool, file);
  const after = await contents(to.pool);
  expect([...after.keys()]).toEqual([...before.keys()]);
  const kept = [...before].filter(([name]) => leftOut[name] === undefined && !changedByRestore.has(name) && !name.startsWith('staged_') && name !== 'sync_step');
  expect(kept.length).toBeGreaterThan(20);
  expect(Object.fromEntries(kept.map(([name]) => [name, after.get(name)]))).toEqual(Object.fromEntries(kept));

  expect(restored).toMatchObject({ pausedRuns: 1, auditProblems: [], migrated: [] });
  const there = createDatabase(to.pool);
  expect(await verifyTrail({ db: there }, systemScope(from.workspaceId, new Set()))).toMatchObject({ ok: true });
  const run = await there.selectFrom('run').selectAll().where('id', '=', runId).executeTakeFirstOrThrow();
  const was = await db.selectFrom('run').selectAll().where('id', '=', runId).executeTakeFirstOrThrow();
  expect(run).toMatchObject({ state: 'paused', state_reason: 'restored' });
  expect(run.epoch).toBeGreaterThan(was.epoch + 100_000);
  const [workspace] = await there.selectFrom('workspace').selectAll().execute();
  // So that the screens can say it in the reader's language.
  expect(Date.parse(restoredFrom(workspace?.paused_reason ?? '') ?? '')).toBeGreaterThan(Date.now() - 600_000);
});
