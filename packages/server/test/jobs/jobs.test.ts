import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { transaction } from "../../src/db/index.ts";
import { createJobs, deadLettersOf, defineQueue, type Jobs } from "../../src/jobs/index.ts";
import { testDatabase, type TestDatabase } from "../support/database.ts";

const payload = z.object({ n: z.number() });
const parallel = defineQueue({ name: "test.parallel", payload, concurrency: "parallel" });
const oneAtATime = defineQueue({ name: "test.one-at-a-time", payload, concurrency: "oneAtATime" });
const oneWaiting = defineQueue({ name: "test.one-waiting", payload, concurrency: "oneWaiting" });
const failing = defineQueue({ name: "test.failing", payload, concurrency: "parallel", retryLimit: 1, retryDelaySeconds: 1, retryDelayMaxSeconds: 1 });
const queues = [parallel, oneAtATime, oneWaiting, failing];

let database: TestDatabase;
const started: Jobs[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const jobs of started.splice(0)) await jobs.stop();
});
afterAll(() => database.drop());

async function node(): Promise<Jobs> {
  const jobs = await createJobs({ connectionString: database.connectionString, queues, onError: () => undefined });
  started.push(jobs);
  return jobs;
}

it("runs a job of a committed transaction, never one of a transaction that was rolled back", async () => {
  const jobs = await node();
  const seen: number[] = [];
  const rolledBack = transaction(database.pool, async (trx) => {
    await jobs.enqueue(trx, parallel, { n: 1 });
    throw new Error("changed my mind");
  });
  await expect(rolledBack).rejects.toThrow("changed my mind");
  await transaction(database.pool, (trx) => jobs.enqueue(trx, parallel, { n: 2 }));
  await jobs.work(parallel, ({ n }) => {
    seen.push(n);
    return Promise.resolve();
  });
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([2]);
  const { rows } = await database.pool.query("SELECT data FROM pgboss.job WHERE name = $1", [parallel.name]);
  expect(rows).toEqual([{ data: { n: 2 } }]);
});

it("never runs two jobs of one key at once, over two nodes with three workers each, and runs every one once", async () => {
  const nodes = [await node(), await node()];
  const running = new Map<string, number>();
  const done: number[] = [];
  let most = 0;
  let otherKeysBeside = 0;
  for (const jobs of nodes) {
    await jobs.work(
      oneAtATime,
      async ({ n }, { key }) => {
        const now = (running.get(key ?? "") ?? 0) + 1;
        most = Math.max(most, now);
        running.set(key ?? "", now);
        otherKeysBeside = Math.max(otherKeysBeside, [...running.values()].filter((count) => count > 0).length);
        await database.pool.query("SELECT pg_sleep(0.03)");
        running.set(key ?? "", (running.get(key ?? "") ?? 0) - 1);
        done.push(n);
      },
      { workers: 3 },
    );
  }
  const [first] = nodes;
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  await transaction(database.pool, async (trx) => {
    for (const n of numbers) await first?.enqueue(trx, oneAtATime, { n }, { key: n % 2 === 0 ? "even" : "odd" });
  });
  await expect.poll(() => done.length, { timeout: 45_000 }).toBe(numbers.length);
  expect(done.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(most).toBe(1);
  expect(otherKeysBeside).toBe(2);
});

it("keeps one waiting job per key where a second would say the same", async () => {
  const jobs = await node();
  const ids = [
    await jobs.enqueue(database.db, oneWaiting, { n: 1 }, { key: "a" }),
    await jobs.enqueue(database.db, oneWaiting, { n: 2 }, { key: "a" }),
    await jobs.enqueue(database.db, oneWaiting, { n: 3 }, { key: "b" }),
  ];
  expect(ids.map((id) => id !== null)).toEqual([true, false, true]);
});

it("brings the waiting one forward that was put off, for whoever should not wait for it", async () => {
  const jobs = await node();
  const later = new Date(Date.now() + 3_600_000);
  for (const key of ["hurried", "patient"]) await jobs.enqueue(database.db, oneWaiting, { n: 1 }, { key, startAfter: later });
  const done: (string | null)[] = [];
  await jobs.enqueue(database.db, oneWaiting, { n: 2 }, { key: "patient" });
  await transaction(database.pool, (trx) => jobs.enqueue(trx, oneWaiting, { n: 2 }, { key: "hurried", bringForward: true }));
  await jobs.work(oneWaiting, (_, { key }) => {
    done.push(key);
    return Promise.resolve();
  });
  await expect.poll(() => done, { timeout: 20_000 }).toContain("hurried");
  expect(done).not.toContain("patient");
});

it("hands a job to the dead letters after its last attempt, with its payload", async () => {
  const jobs = await node();
  const attempts: number[] = [];
  const dead: number[] = [];
  await jobs.work(failing, ({ n }, { attempt }) => {
    attempts.push(attempt);
    return Promise.reject(new Error(`no luck with ${n}`));
  });
  await jobs.work(deadLettersOf(failing), ({ n }) => {
    dead.push(n);
    return Promise.resolve();
  });
  await jobs.enqueue(database.db, failing, { n: 7 });
  await expect.poll(() => dead, { timeout: 30_000 }).toEqual([7]);
  expect(attempts).toEqual([0, 1]);
});

it("refuses a payload that is not the queue's, a queue nobody declared, and a changed concurrency", async () => {
  const jobs = await node();
  const wrong: unknown = { n: "one" };
  await expect(jobs.enqueue(database.db, parallel, wrong as { n: number })).rejects.toThrow(z.ZodError);
  const undeclared = defineQueue({ name: "test.undeclared", payload, concurrency: "parallel" });
  await expect(jobs.enqueue(database.db, undeclared, { n: 1 })).rejects.toThrow("was not given to createJobs");
  const changed = createJobs({
    connectionString: database.connectionString,
    queues: [defineQueue({ ...parallel, concurrency: "oneAtATime" })],
    onError: () => undefined,
  });
  await expect(changed).rejects.toThrow("another concurrency");
});

it("schedules in the caller's transaction, with a time zone", async () => {
  const jobs = await node();
  const weekdays = { key: "policy-1", cron: "0 9 * * 1-5", timeZone: "Asia/Tokyo", payload: { n: 1 } };
  await transaction(database.pool, async (trx) => {
    await jobs.schedule(trx, parallel, weekdays);
    throw new Error("rolled back");
  }).catch(() => undefined);
  const stored = "SELECT cron, timezone, data FROM pgboss.schedule";
  expect((await database.pool.query(stored)).rows).toEqual([]);
  await transaction(database.pool, (trx) => jobs.schedule(trx, parallel, weekdays));
  expect((await database.pool.query(stored)).rows).toEqual([{ cron: "0 9 * * 1-5", timezone: "Asia/Tokyo", data: { n: 1 } }]);
  await jobs.unschedule(database.db, parallel, "policy-1");
  expect((await database.pool.query(stored)).rows).toEqual([]);
});

it("tells running handlers when the node stops, and waits for them", async () => {
  const jobs = await node();
  let begun = false;
  let finished = false;
  await jobs.work(parallel, async (_, { signal }) => {
    begun = true;
    await new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
    });
    finished = true;
  });
  await jobs.enqueue(database.db, parallel, { n: 99 });
  await expect.poll(() => begun, { timeout: 20_000 }).toBe(true);
  await jobs.stop();
  expect(finished).toBe(true);
  const { rows } = await database.pool.query("SELECT state FROM pgboss.job WHERE data ->> 'n' = '99'");
  expect(rows).toEqual([{ state: "completed" }]);
});
