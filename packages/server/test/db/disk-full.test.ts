import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asDiskFull, copyIn, createPool, DiskFullError, isDiskFull, transaction, type EmbeddedDatabase } from "../../src/db/index.ts";
import { canMount, smallDisk, type SmallDisk } from "../support/small-disk.ts";
import { afterwards, newFolder, query, start } from "./embedded-support.ts";

async function diskOf(sizeMiB: number): Promise<SmallDisk> {
  const disk = await smallDisk(await newFolder(), sizeMiB);
  afterwards(() => disk.remove());
  return disk;
}

const mounts = await canMount();

// Skipped, and seen to be skipped, where we may not mount a small disk of our own.
describe.runIf(mounts)("on a full disk", () => {
  it("makes no database, says so, leaves nothing half-made, and works once there is room", async () => {
    const disk = await diskOf(20);
    await expect(start(path.join(disk.folder, "data"))).rejects.toThrow(DiskFullError);
    expect(await readdir(path.join(disk.folder, "data"))).toEqual(["rollcall.lock"]);
    await disk.grow(400);
    await start(path.join(disk.folder, "data"));
  });

  it("refuses to start an existing database, says so, and starts once there is room", async () => {
    const disk = await diskOf(400);
    const folder = path.join(disk.folder, "data");
    const database = await start(folder);
    await query(database, "CREATE TABLE kept AS SELECT 1 AS n");
    await database.stop();
    await disk.fill();
    await expect(start(folder)).rejects.toThrow("The disk is full");
    await disk.empty();
    expect(await query(await start(folder), "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("keeps nothing of a load that does not fit, gives its room back, and goes on", async () => {
    const database = await start(path.join((await diskOf(200)).folder, "data"));
    const pool = poolOf(database);
    await pool.query("CREATE TABLE small (n int)");
    const loading = transaction(pool, async (_, client) => {
      // A table of the same transaction needs no write-ahead log, so it is the table that does not fit.
      await client.query("INSERT INTO small VALUES (1); CREATE TABLE big (text text)");
      return copyIn(client, { table: "big", columns: ["text"] }, manyRows());
    });
    await expect(loading).rejects.toThrow(DiskFullError);
    expect(await database.diskIsFull()).toBe(false);
    await pool.query("INSERT INTO small VALUES (2)");
    expect((await pool.query("SELECT n, to_regclass('big') AS big FROM small")).rows).toEqual([{ n: 2, big: null }]);
  });

  it("keeps nothing of a load that leaves no room for the log, which ends the server, and all that was committed", async () => {
    const disk = await diskOf(200);
    const folder = path.join(disk.folder, "data");
    const database = await start(folder);
    const pool = poolOf(database);
    await pool.query("CREATE TABLE kept AS SELECT 1 AS n; CREATE TABLE big (text text)");
    await expect(transaction(pool, (_, client) => copyIn(client, { table: "big", columns: ["text"] }, manyRows()))).rejects.toBeInstanceOf(Error);
    expect(await database.diskIsFull()).toBe(true);
    await database.stop();
    await disk.grow(400);
    const rows = await query(await start(folder), "SELECT (SELECT count(*) FROM big)::int AS big, (SELECT n FROM kept) AS kept");
    expect(rows).toEqual([{ big: 0, kept: 1 }]);
  });
});

function poolOf(database: EmbeddedDatabase): ReturnType<typeof createPool> {
  const pool = createPool({ connectionString: database.connectionString, applicationName: "test", onError: () => undefined });
  afterwards(() => pool.end());
  return pool;
}

function* manyRows(): Generator<[string]> {
  for (let row = 0; row < 400_000; row += 1) yield [`${row}`.padEnd(1000, "x")];
}

describe("telling a full disk from other errors", () => {
  const withCode = (code: string): Error => Object.assign(new Error("x"), { code });

  it.each(["53100", "ENOSPC", "EDQUOT"])("%s", (code) => {
    expect(isDiskFull(withCode(code))).toBe(true);
    expect(isDiskFull(new Error("outer", { cause: withCode(code) }))).toBe(true);
    expect(asDiskFull(withCode(code), "here")).toBeInstanceOf(DiskFullError);
  });

  it.each([withCode("23505"), new Error("x"), "ENOSPC", undefined])("not %s", (error) => {
    expect(isDiskFull(error)).toBe(false);
    expect(asDiskFull(error, "here")).toBe(error);
  });
});
