import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJobs } from "../../src/jobs/index.ts";
import { testDatabase, type TestDatabase } from "../support/database.ts";
import { killedQueue } from "./killed-worker.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it("takes over the job of a node that was killed", async () => {
  const jobs = await createJobs({ connectionString: database.connectionString, queues: [killedQueue], onError: () => undefined });
  await jobs.enqueue(database.db, killedQueue, { n: 1 }, { key: "source" });
  const program = path.join(import.meta.dirname, "killed-worker.ts");
  const victim = spawn(process.execPath, [program, database.connectionString], { stdio: ["ignore", "pipe", "inherit"] });
  await once(victim.stdout, "data");
  victim.kill("SIGKILL");
  await once(victim, "exit");

  const attempts: number[] = [];
  await jobs.work(killedQueue, (_, { attempt }) => {
    attempts.push(attempt);
    return Promise.resolve();
  });
  await expect.poll(() => attempts, { timeout: 50_000 }).toEqual([1]);
  await jobs.stop();
});

it("a node that is alone goes on at once with what a dead one left, however often it died", async () => {
  const options = { connectionString: database.connectionString, queues: [killedQueue], onError: () => undefined };
  const jobs = await createJobs(options);
  await jobs.enqueue(database.db, killedQueue, { n: 2 }, { key: "alone" });
  const program = path.join(import.meta.dirname, "killed-worker.ts");
  const victim = spawn(process.execPath, [program, database.connectionString], { stdio: ["ignore", "pipe", "inherit"] });
  await once(victim.stdout, "data");
  victim.kill("SIGKILL");
  await once(victim, "exit");
  await jobs.stop();
  const waiting = "select state::text, start_after <= now() as due, retry_count from pgboss.job where name = 'test.killed' and singleton_key = 'alone'";
  expect((await database.pool.query(waiting)).rows).toEqual([{ state: "active", due: true, retry_count: 0 }]);

  await (await createJobs({ ...options, alone: true })).stop();
  expect((await database.pool.query(waiting)).rows).toMatchObject([{ state: "retry", due: true }]);
  // A later try waits longer and longer; the next start does not wait.
  await database.pool.query("update pgboss.job set start_after = now() + interval '5 minutes' where name = 'test.killed' and singleton_key = 'alone'");
  await (await createJobs(options)).stop();
  expect((await database.pool.query(waiting)).rows).toMatchObject([{ state: "retry", due: false }]);
  await (await createJobs({ ...options, alone: true })).stop();
  expect((await database.pool.query(waiting)).rows).toMatchObject([{ state: "retry", due: true }]);
});
