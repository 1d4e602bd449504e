import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { asDiskFull, copyIn, createPool, DiskFullError, isDiskFull, transaction, type EmbeddedDatabase } from "../../src/db/index.ts";
import { afterwards, newFolder, query, start } from "./embedded-support.ts";

const run = promisify(execFile);

/** A disk of its own of so many MiB, in memory. */
async function smallDisk(sizeMiB: number): Promise<string> {
  const folder = path.join(await newFolder(), "disk");
  await mkdir(folder);
  await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMiB}m,mode=0755`, "tmpfs", folder]);
  afterwards(() => run("umount", ["--lazy", folder]));
  return folder;
}

async function canMount(): Promise<boolean> {
  const folder = "/tmp/rollcall-can-mount";
  await mkdir(folder, { recursive: true });
  try {
    await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
    await run("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const mounts = await canMount();

// Skipped, and seen to be skipped, where we may not mount a small disk of our own.
describe.runIf(mounts)("on a full disk", () => {
  it("makes no database, says so, leaves nothing half-made, and works once there is room", async () => {
    const disk = await smallDisk(20);
    await expect(start(path.join(disk, "data"))).rejects.toThrow(DiskFullError);
    expect(await readdir(path.join(disk, "data"))).toEqual(["rollcall.lock"]);
    await run("mount", ["-o", "remount,size=400m", disk]);
    await start(path.join(disk, "data"));
  });

  it("refuses to start an existing database, says so, and starts once there is room", async () => {
    const disk = await smallDisk(400);
    const folder = path.join(disk, "data");
    const database = await start(folder);
    await query(database, "CREATE TABLE kept AS SELECT 1 AS n");
    await database.stop();
    await fill(disk);
    await expect(start(folder)).rejects.toThrow("The disk is full");
    await rm(path.join(disk, "filler"));
    expect(await query(await start(folder), "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("keeps nothing of a load that does not fit, gives its room back, and goes on", async () => {
    const database = await start(path.join(await smallDisk(200), "data"));
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
    const disk = await smallDisk(200);
    const folder = path.join(disk, "data");
    const database = await start(folder);
    const pool = poolOf(database);
    await pool.query("CREATE TABLE kept AS SELECT 1 AS n; CREATE TABLE big (text text)");
    await expect(transaction(pool, (_, client) => copyIn(client, { table: "big", columns: ["text"] }, manyRows()))).rejects.toBeInstanceOf(Error);
    expect(await database.diskIsFull()).toBe(true);
    await database.stop();
    await run("mount", ["-o", "remount,size=400m", disk]);
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

/** Writes a file until nothing more fits. */
async function fill(disk: string): Promise<void> {
  const filler = path.join(disk, "filler");
  await run("dd", ["if=/dev/zero", `of=${filler}`, "bs=64k"]).catch(() => undefined);
  await chmod(filler, 0o600);
  await expect(writeFile(path.join(disk, "more"), Buffer.alloc(200_000))).rejects.toThrow("ENOSPC");
  await rm(path.join(disk, "more"), { force: true });
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
