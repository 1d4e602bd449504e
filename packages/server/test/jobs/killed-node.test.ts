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
