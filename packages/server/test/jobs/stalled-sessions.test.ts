import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { from } from "pg-copy-streams";
import { afterAll, beforeEach, afterEach, expect, it } from "vitest";
import { endStalledSessions } from "../../src/jobs/end-stalled-sessions.ts";
import { testDatabase } from "../support/database.ts";

const database = await testDatabase();
await database.pool.query("create table thing (id int primary key, n int); insert into thing values (1, 0)");
afterAll(() => database.drop());

/** A session such as a node has; nothing more is heard from it after what a test does with it. */
async function session(applicationName = "rollcall work"): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.connectionString, application_name: applicationName });
  client.on("error", () => undefined);
  await client.connect();
  opened.push(client);
  return client;
}
let opened: pg.Client[] = [];
beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  for (const client of opened) await client.end().catch(() => undefined);
});

/** Somebody who waits for a lock of the others. */
async function waiter(): Promise<{ readonly done: Promise<unknown> }> {
  const client = await session("rollcall api");
  const done = client.query("update thing set n = n + 1");
  done.catch(() => undefined);
  await expect.poll(async () => (await database.pool.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).rowCount, { timeout: 20_000 }).toBe(1);
  return { done };
}

const isAlive = (client: pg.Client): Promise<boolean> => client.query("select 1").then(() => true, () => false);

it("ends a transaction that hears nothing and holds others up, and nothing else", async () => {
  const frozen = await session();
  await frozen.query("begin");
  await frozen.query("update thing set n = 100");
  const harmless = await session();
  await harmless.query("begin");
  await harmless.query("create table of_its_own (n int)");
  const held = await waiter();
  expect(await endStalledSessions(database.pool, 3_600)).toBe(0);
  expect(await endStalledSessions(database.pool, 0)).toBe(1);
  await held.done;
  expect([await isAlive(frozen), await isAlive(harmless)]).toEqual([false, true]);
  await harmless.query("rollback");
});

it("ends a COPY whose rows do not come", async () => {
  const frozen = await session();
  await frozen.query("begin");
  await frozen.query("lock table thing in share row exclusive mode");
  const copy = frozen.query(from("copy thing from stdin"));
  copy.on("error", () => undefined);
  copy.write("7\t7\n");
  await wait(100);
  const held = await waiter();
  expect(await endStalledSessions(database.pool, 0)).toBe(1);
  await held.done;
  expect(await isAlive(frozen)).toBe(false);
});

it("leaves a statement that works, and programs of others, alone", async () => {
  const busy = await session();
  await busy.query("begin");
  await busy.query("update thing set n = 0");
  const working = busy.query("select pg_sleep(1)");
  const first = await waiter();
  expect(await endStalledSessions(database.pool, 0)).toBe(0);
  await working;
  await busy.query("rollback");
  await first.done;

  const foreign = await session("psql");
  await foreign.query("begin");
  await foreign.query("update thing set n = 0");
  const second = await waiter();
  expect(await endStalledSessions(database.pool, 0)).toBe(0);
  await foreign.query("rollback");
  await second.done;
});
