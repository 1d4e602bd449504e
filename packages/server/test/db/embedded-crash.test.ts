import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { afterwards, kill, newFolder, query, start, startParent } from "./embedded-support.ts";

const hasProc = process.platform === "linux";

/** A pid that is taken by a process which has ended and which its parent never asks for: a zombie. */
async function makeZombie(): Promise<number> {
  // The shell starts a child and becomes another program, which knows nothing of that child.
  const parent = spawn("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 600"], { stdio: ["ignore", "pipe", "ignore"] });
  afterwards(() => kill(parent));
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  while (!(await readFile(`/proc/${pid}/stat`, "utf8")).includes(") Z ")) await sleep(5);
  return pid;
}

/** postmaster.pid as a server leaves it when it is killed, but with another pid. */
async function plantPostmasterFile(folder: string, pid: number): Promise<void> {
  const cluster = path.join(folder, "postgres");
  const lines = [pid, cluster, 1_700_000_000, 5432, path.join(folder, "run"), "", "  5432001         0", "ready   ", ""];
  await mkdir(path.join(folder, "run"), { recursive: true });
  await writeFile(path.join(cluster, "postmaster.pid"), lines.join("\n"));
  await writeFile(path.join(folder, "run", ".s.PGSQL.5432.lock"), lines.slice(0, 5).join("\n"));
}

describe("after a crash", () => {
  it("takes over the server of a parent that was killed, with everything it had committed", async () => {
    const folder = await newFolder();
    const parent = await startParent(folder);
    expect(parent.said).toMatchObject({ adopted: false });
    await kill(parent.child);
    const database = await start(folder);
    expect(database).toMatchObject({ adopted: true, pid: parent.said.pid });
    expect(await query(database, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await database.stop();
    await expect(readFile(path.join(folder, "postgres", "postmaster.pid"))).rejects.toThrow("ENOENT");
    expect(await start(folder)).toMatchObject({ adopted: false });
  });

  it("starts again after the server itself was killed, children first or last, without losing a commit", async () => {
    const folder = await newFolder();
    const first = await start(folder, { testing: false });
    await query(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
    process.kill(first.pid, "SIGKILL");
    expect((await first.ended).message).toContain("ended without being asked to");
    await first.stop();
    const second = await start(folder, { testing: false });
    expect(second.adopted).toBe(false);
    expect(await query(second, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("starts although parent and server were killed together while a statement was running", async () => {
    const folder = await newFolder();
    const parent = await startParent(folder);
    const watcher = await kill(parent.child).then(() => start(folder));
    const busy = query(watcher, "SELECT count(*) FROM generate_series(1, 400000000)").catch((error: unknown) => error);
    while ((await query(watcher, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()")).length === 0);
    process.kill(watcher.pid, "SIGKILL");
    await watcher.stop();
    const again = await start(folder);
    expect(again.adopted).toBe(false);
    expect(await busy).toBeInstanceOf(Error);
  });

  it("starts although the server died while it rolled back a transaction that had made an unlogged table", async () => {
    const folder = await newFolder();
    const first = await start(folder, { testing: false });
    await query(first, "CREATE TABLE kept (n int)");
    const client = new pg.Client(first.poolConfig);
    client.on("error", () => undefined);
    await client.connect();
    await client.query("BEGIN; CREATE UNLOGGED TABLE half_made (n int)");
    const { rows } = await client.query<{ file: string; pid: number }>("SELECT pg_relation_filepath('half_made') AS file, pg_backend_pid() AS pid");
    const [made] = rows;
    // What another session commits takes the beginning of this one along to the disk.
    await query(first, "INSERT INTO kept VALUES (1)");
    // It dies without a chance to do anything more; then as far in its rollback as to have removed the first of the table's two files.
    process.kill(made?.pid ?? 0, "SIGSTOP");
    process.kill(first.pid, "SIGKILL");
    process.kill(made?.pid ?? 0, "SIGKILL");
    await first.stop();
    await rm(path.join(folder, "postgres", `${made?.file ?? ""}_init`));
    const second = await start(folder, { testing: false });
    expect(await query(second, "SELECT n, to_regclass('half_made') AS half FROM kept")).toEqual([{ n: 1, half: null }]);
    expect(await readFile(path.join(folder, "postgres.log"), "utf8")).toContain("File exists");
  });

  it.runIf(hasProc)("is not fooled by a zombie that carries the server's pid", async () => {
    const folder = await newFolder();
    await (await start(folder)).stop();
    await plantPostmasterFile(folder, await makeZombie());
    expect(await start(folder)).toMatchObject({ adopted: false });
  });

  it.runIf(hasProc)("is not fooled by another program that got the server's pid", async () => {
    const folder = await newFolder();
    await (await start(folder)).stop();
    await plantPostmasterFile(folder, process.pid);
    expect(await start(folder)).toMatchObject({ adopted: false });
  });

  it("starts over a postmaster.pid that was cut off", async () => {
    const folder = await newFolder();
    await (await start(folder)).stop();
    await writeFile(path.join(folder, "postgres", "postmaster.pid"), "");
    expect(await start(folder)).toMatchObject({ adopted: false });
  });

  it("replaces a running server that lost its socket", async () => {
    const folder = await newFolder();
    const parent = await startParent(folder);
    await kill(parent.child);
    await rm(path.join(folder, "run"), { recursive: true });
    const database = await start(folder);
    expect(database.adopted).toBe(false);
    expect(await query(database, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("two on one data folder", () => {
  it("says in one sentence who is there, ends, and harms nobody", async () => {
    const folder = await newFolder();
    const first = await startParent(folder);
    const second = await startParent(folder);
    expect(second.said.error).toBe(
      `Another Rollcall (process ${first.child.pid ?? "?"}) is using the data folder ${folder}: stop it first, or choose another folder with ROLLCALL_DATA.`,
    );
    await once(second.child, "exit");
    await kill(first.child);
    expect(await start(folder)).toMatchObject({ adopted: true, pid: first.said.pid });
  });

  it("also within one process, and lets go on stop", async () => {
    const folder = await newFolder();
    const first = await start(folder);
    await expect(start(folder)).rejects.toThrow(`Another Rollcall (process ${process.pid})`);
    await first.stop();
    await start(folder);
  });

  it("lets exactly one of five that start together have it", async () => {
    const folder = await newFolder();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => start(folder)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
