import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createJobs, defineQueue } from '../../src/jobs/index.ts';
import { mendAfterSetBack } from '../../src/jobs/mend-clock.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const queue = defineQueue({ name: 'clock', payload: z.object({ name: z.string() }), concurrency: 'oneWaiting' });
const jobs = await createJobs({ connectionString: database.connectionString, queues: [queue], onError: () => undefined });
afterAll(async () => {
  await jobs.stop();
  await database.drop();
});

it('a job that was put off before the clock was set back is done now; one that has to wait goes on waiting; dead nodes are looked for again', async () => {
  const { db, pool } = database;
  const inAnHour = new Date(Date.now() + 3_600_000);
  await jobs.enqueue(db, queue, { name: 'before' }, { key: 'before', startAfter: inAnHour });
  await jobs.enqueue(db, queue, { name: 'after' }, { key: 'after', startAfter: inAnHour });
  expect(await mendAfterSetBack(pool)).toBe(0);
  // What a clock that stood five hours further had written.
  await pool.query("update pgboss.job set created_on = created_on + interval '5 hours', start_after = start_after + interval '5 hours' where singleton_key = 'before'");
  await pool.query("update pgboss.queue set monitor_on = now() + interval '5 hours', monitor_claim_on = now() + interval '5 hours', maintain_on = now() + interval '5 hours'");
  await pool.query("update pgboss.version set cron_on = now() + interval '5 hours', bam_on = now() + interval '5 hours'");
  expect(await mendAfterSetBack(pool)).toBe(1);
  expect(await mendAfterSetBack(pool)).toBe(0);
  const done: string[] = [];
  await jobs.work(queue, ({ name }) => {
    done.push(name);
    return Promise.resolve();
  });
  await expect.poll(() => done, { timeout: 20_000 }).toEqual(['before']);
  const { rows } = await pool.query("select 1 from pgboss.queue, pgboss.version where monitor_claim_on > now() + interval '1 minute' or monitor_on > now() + interval '1 minute' or cron_on > now() + interval '1 minute'");
  expect(rows).toEqual([]);
});
