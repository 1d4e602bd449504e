import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/app/log.ts';
import { loggedJobs } from '../../src/app/logged-jobs.ts';
import { createJobs, defineQueue } from '../../src/jobs/index.ts';
import { testDatabase } from '../support/database.ts';

const queue = defineQueue({ name: 'test.logged', payload: z.object({ runId: z.string(), name: z.string() }), concurrency: 'parallel', retryLimit: 1, retryDelaySeconds: 1, retryDelayMaxSeconds: 1 });

it('a job that fails is logged with its ids and tried again; what goes on below it carries the same ids', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const jobs = await createJobs({ connectionString: database.connectionString, queues: [queue], onError: () => undefined });
  onTestFinished(() => jobs.stop());
  const lines: string[] = [];
  const log = createLog('info', (line) => void lines.push(line));
  await loggedJobs(jobs, log).work(queue, async (_, { attempt }) => {
    await new Promise((resolve) => { setImmediate(resolve); });
    log.info({ attempt }, 'Working');
    if (attempt === 0) throw new Error('The first time never works.');
  });
  await jobs.enqueue(database.db, queue, { runId: 'run-1', name: 'Zebulon' });
  await expect.poll(() => lines.length, { timeout: 30_000 }).toBe(3);
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.map(({ message, attempt }) => [message, attempt])).toEqual([['Working', 0], ['A job failed and will be tried again', 0], ['Working', 1]]);
  expect(logged.every((line) => line['job'] === queue.name && line['runId'] === 'run-1' && typeof line['jobId'] === 'string')).toBe(true);
  expect(logged[1]?.['error']).toMatchObject({ name: 'Error', message: 'The first time never works.' });
  expect(lines.join('')).not.toContain('Zebulon');
});
