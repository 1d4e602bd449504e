import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assertMigrated, createPool, migrate, SchemaMismatchError } from "../../src/db/index.ts";
import { testDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase({ empty: true });
  folder = await mkdtemp(path.join(tmpdir(), "rollcall-migrations-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

async function land(name: string, sql: string): Promise<void> {
  await writeFile(path.join(folder, name), sql);
}

async function numbers(): Promise<unknown> {
  return (await database.pool.query("SELECT n FROM t ORDER BY n")).rows.map(({ n }) => n as unknown);
}

describe("migrations", () => {
  it("are applied in order, once, also those that land later", async () => {
    await land("0001-first.sql", "CREATE TABLE t (n int); INSERT INTO t VALUES (1);");
    await land("0002-second.sql", "INSERT INTO t VALUES (2)");
    expect(await migrate(database.pool, folder)).toEqual(["0001-first.sql", "0002-second.sql"]);
    expect(await migrate(database.pool, folder)).toEqual([]);
    await land("0003-third.sql", "INSERT INTO t VALUES (3)");
    await expect(assertMigrated(database.pool, folder)).rejects.toThrow("lacks 0003-third.sql");
    expect(await migrate(database.pool, folder)).toEqual(["0003-third.sql"]);
    await assertMigrated(database.pool, folder);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it("are applied once by five nodes that start together", async () => {
    await land("0001-first.sql", "CREATE TABLE t (n int)");
    await land("0002-second.sql", "INSERT INTO t VALUES (2)");
    const pools = Array.from({ length: 5 }, () =>
      createPool({ connectionString: database.connectionString, applicationName: "node", onError: () => undefined }),
    );
    const applied = await Promise.all(pools.map((pool) => migrate(pool, folder)));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(applied.flat().toSorted()).toEqual(["0001-first.sql", "0002-second.sql"]);
    expect(await numbers()).toEqual([2]);
  });

  it("leave nothing of a step that fails, keep the ones before it, and can be repaired", async () => {
    await land("0001-first.sql", "CREATE TABLE t (n int)");
    await land("0002-second.sql", "INSERT INTO t VALUES (2); INSERT INTO nowhere VALUES (1)");
    await expect(migrate(database.pool, folder)).rejects.toThrow("0002-second.sql failed and was rolled back");
    expect(await numbers()).toEqual([]);
    await land("0002-second.sql", "INSERT INTO t VALUES (22)");
    expect(await migrate(database.pool, folder)).toEqual(["0002-second.sql"]);
    expect(await numbers()).toEqual([22]);
  });

  it("are refused when a landed one was changed, but not for its line ends", async () => {
    await land("0001-first.sql", "CREATE TABLE t (n int);\nINSERT INTO t VALUES (1);\n");
    await migrate(database.pool, folder);
    await land("0001-first.sql", "CREATE TABLE t (n int);\r\nINSERT INTO t VALUES (1);\r\n");
    expect(await migrate(database.pool, folder)).toEqual([]);
    await land("0001-first.sql", "CREATE TABLE t (n bigint);\nINSERT INTO t VALUES (1);\n");
    await expect(migrate(database.pool, folder)).rejects.toThrow("must never be changed once it has landed");
  });

  it("are refused on a database of a newer Rollcall", async () => {
    await land("0001-first.sql", "CREATE TABLE t (n int)");
    await land("0002-second.sql", "INSERT INTO t VALUES (2)");
    await migrate(database.pool, folder);
    await rm(path.join(folder, "0002-second.sql"));
    await expect(migrate(database.pool, folder)).rejects.toThrow("This database is of a newer Rollcall");
    await expect(assertMigrated(database.pool, folder)).rejects.toThrow(SchemaMismatchError);
  });

  it.each([["0002-gap.sql"], ["first.sql"], ["0001-first.txt"]])("are refused when one is named %s", async (name) => {
    await land(name, "SELECT 1");
    await expect(migrate(database.pool, folder)).rejects.toThrow("numbered 0001, 0002, … without a gap");
  });

  it("of Rollcall itself build the schema", async () => {
    expect((await migrate(database.pool)).length).toBeGreaterThan(0);
    await database.pool.query("SELECT 1 FROM workspace");
  });
});
