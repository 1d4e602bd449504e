import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { checkServer, createPool } from "../../src/db/index.ts";
import { newFolder, query, start, startParent } from "./embedded-support.ts";

const isRoot = process.getuid?.() === 0;

describe("the embedded database", () => {
  it("makes itself in an empty folder, keeps what is written over a stop, and knows letters", async () => {
    const folder = path.join(await newFolder(), "new", "data");
    const first = await start(folder, { testing: false });
    expect(first.adopted).toBe(false);
    await query(first, "CREATE TABLE kept AS SELECT 'é' AS letter");
    await first.stop();
    await first.stop();
    const second = await start(folder, { testing: false });
    expect(second.adopted).toBe(false);
    expect(await query(second, "SELECT letter, 'É' ILIKE letter AS folds FROM kept")).toEqual([{ letter: "é", folds: true }]);
    const pool = createPool({ connectionString: second.connectionString, applicationName: "test", onError: () => undefined });
    expect(await checkServer(pool)).toMatchObject({ warnings: [] });
    await pool.end();
    expect((await readdir(folder)).filter((name) => name.startsWith("postgres.new-"))).toEqual([]);
  });

  it("waits for the disk, hears no network, and says nothing of statements in its log", async () => {
    const folder = await newFolder();
    const database = await start(folder, { testing: false });
    const rows = await query(
      database,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'jit') ORDER BY name",
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      listen_addresses: "",
      jit: "off",
    });
    await expect(query(database, "SELECT 'Kim Example'::int")).rejects.toThrow("invalid input syntax");
    await query(database, "CREATE TABLE once (mail text UNIQUE); INSERT INTO once VALUES ('kim@example.com')");
    await expect(query(database, "INSERT INTO once VALUES ('kim@example.com')")).rejects.toThrow("duplicate key");
    const log = await readFile(path.join(folder, "postgres.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("kim@example.com");
    expect(log).not.toContain("SELECT 'Kim");
  });

  it("keeps its socket in a folder that only its user can enter, also where the data folder's path is too long for a socket", async () => {
    const folder = path.join(await newFolder(), "a".repeat(60), "b".repeat(60));
    const database = await start(folder);
    const { host } = database.poolConfig;
    expect(host.length).toBeLessThan(90);
    expect(host.startsWith(folder)).toBe(false);
    const found = await stat(host);
    expect(found.mode & 0o777).toBe(0o700);
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    expect((await client.query("SELECT current_database() AS name")).rows).toEqual([{ name: "rollcall" }]);
    await client.end();
    await database.stop();
    await expect(stat(host)).rejects.toThrow("ENOENT");
  });

  it.runIf(isRoot)("never runs as root, and root's other files stay closed to it", async () => {
    const folder = await newFolder();
    const database = await start(folder);
    const status = await readFile(`/proc/${database.pid}/status`, "utf8");
    expect(status).toMatch(/^Uid:\s+65534\s+65534\s+65534\s+65534$/mu);
    expect(status).toMatch(/^Gid:\s+65534\s/mu);
    expect(status).toMatch(/^Groups:\s*$/mu);
    expect((await stat(path.join(folder, "postgres"))).mode & 0o777).toBe(0o700);
    expect((await stat(folder)).uid).toBe(0);
  });

  it.runIf(isRoot)("runs as whoever starts it, when that is not root, in a folder closed to others", async () => {
    const parentFolder = await newFolder();
    // daemon, which every system has.
    const user = { uid: 1, gid: 1 };
    await chown(parentFolder, user.uid, user.gid);
    const folder = path.join(parentFolder, "data");
    const { child, said } = await startParent(folder, user);
    expect(said).toEqual({ pid: expect.any(Number) as unknown, adopted: false });
    expect(await readFile(`/proc/${said.pid ?? 0}/status`, "utf8")).toMatch(/^Uid:\s+1\s/mu);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    child.kill("SIGTERM");
    await expect.poll(() => stat(path.join(folder, "postgres", "postmaster.pid")).then(() => "there", () => "gone"), { timeout: 30_000 }).toBe("gone");
  });

  it.runIf(isRoot)("says what to do when its user has no name, as in some containers, and leaves nothing", async () => {
    const folder = await newFolder();
    await chown(folder, 12_345, 12_345);
    const { said } = await startParent(folder, { uid: 12_345, gid: 12_345 });
    expect(said.error).toContain("user 12345 has none. Add a line for it to /etc/passwd");
    expect((await readdir(folder)).filter((name) => name.startsWith("postgres"))).toEqual([]);
  });

  it.runIf(isRoot)("says which folder on the way is closed to the user it runs as", async () => {
    const closed = path.join(await newFolder(), "closed");
    await mkdir(closed, { mode: 0o700 });
    await expect(start(path.join(closed, "data"))).rejects.toThrow(`may not pass through ${closed}`);
    await chmod(closed, 0o711);
    await start(path.join(closed, "data"));
  });

  it("refuses a folder of another major version, and leaves it as it is", async () => {
    const folder = await newFolder();
    await (await start(folder)).stop();
    await writeFile(path.join(folder, "postgres", "PG_VERSION"), "14\n");
    await expect(start(folder)).rejects.toThrow(/was made by PostgreSQL 14, and this Rollcall brings PostgreSQL \d+/u);
  });

  it("does not write over a folder that is no database", async () => {
    const folder = await newFolder();
    await mkdir(path.join(folder, "postgres"));
    await writeFile(path.join(folder, "postgres", "thesis.txt"), "years of work");
    await expect(start(folder)).rejects.toThrow("holds no PostgreSQL database");
    expect(await readFile(path.join(folder, "postgres", "thesis.txt"), "utf8")).toBe("years of work");
  });

  it("removes what a killed first start left and begins again", async () => {
    const folder = await newFolder();
    await mkdir(path.join(folder, "postgres.new-half"));
    await writeFile(path.join(folder, "postgres.new-half", "PG_VERSION"), "18\n");
    await start(folder);
    expect((await readdir(folder)).filter((name) => name.startsWith("postgres.new-"))).toEqual([]);
  });
});
