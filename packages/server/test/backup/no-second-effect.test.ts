import { expect, it } from 'vitest';
import { createDatabase } from '../../src/db/index.ts';
import { resumeRun } from '../../src/features/runs/run-commands.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { enqueueDueSyncs } from '../../src/features/sync/schedule-syncs.ts';
import { setUpRuns } from '../runs/support.ts';
import { backUp, emptyDatabase, newFile, restore } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

it('a run that was open in the backup and done since stands still, and repeats nothing when it is resumed', async () => {
  const from = await setUpRuns({ users: 200 });
  const runId = await from.apply(await from.plan(order));
  await from.queue();
  const file = await newFile();
  await backUp(from.database.pool, file);

  const mark = from.sandbox.journal.length;
  await from.work(runId);
  const effects = from.sandbox.journal.effects({ afterSeq: mark }).length;
  expect(effects).toBeGreaterThan(3);

  const { pool } = await emptyDatabase();
  expect(await restore(pool, file)).toMatchObject({ pausedRuns: 1, cancelledSyncs: 1 });
  const db = createDatabase(pool);
  const there = { ...from.runDeps, db, pool };
  const restored = from.sandbox.journal.length;
  await db.updateTable('source').set({ next_sync_at: new Date(0), sync_every_minutes: 5 }).execute();
  expect(await enqueueDueSyncs({ ...there, jobs })).toBe(0);
  expect(await workOnRun(there, runId, new AbortController().signal)).toBeNull();
  await expect(resumeRun({ ...there, jobs }, from.scope, runId)).rejects.toThrow('Everything is paused');
  expect(from.sandbox.journal.requests({ afterSeq: restored })).toEqual([]);

  await db.updateTable('workspace').set({ paused_at: null }).execute();
  await resumeRun({ ...there, jobs }, from.scope, runId);
  await workOnRun(there, runId, new AbortController().signal);
  const run = await db.selectFrom('run').select('state').where('id', '=', runId).executeTakeFirstOrThrow();
  expect(run.state).toBe('done');
  expect(from.sandbox.journal.effects({ afterSeq: restored })).toEqual([]);
});

it('an audit trail that was changed before the backup is restored as it was, and said to be so', async () => {
  const from = await setUpRuns({ users: 50 });
  const { pool } = from.database;
  const client = await pool.connect();
  await client.query("SET session_replication_role = 'replica'");
  await client.query("UPDATE audit_event SET kind = 'sync.failed' WHERE seq = 1");
  await client.query("SET session_replication_role = 'origin'");
  client.release();
  const file = await newFile();
  await backUp(pool, file);
  const there = await emptyDatabase();
  const { auditProblems } = await restore(there.pool, file);
  expect(auditProblems).toEqual([expect.stringContaining('Event 1 was changed')]);
});
