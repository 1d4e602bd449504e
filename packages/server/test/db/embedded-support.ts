import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterEach, inject } from "vitest";
import { startEmbedded, type EmbeddedDatabase } from "../../src/db/index.ts";

/** The suite's choice of PostgreSQL, for the supervisor. */
export function chosenBinaries(): { binaries?: string } {
  const { postgres } = inject("testServer");
  return postgres === "embedded" ? {} : { binaries: `/usr/lib/postgresql/${postgres}/bin` };
}

const undo: (() => Promise<unknown>)[] = [];

/** What must not outlive the test, whatever happens in it. Run last first. */
export function afterwards(work: () => Promise<unknown>): void {
  undo.push(work);
}

afterEach(async () => {
  for (const work of undo.splice(0).toReversed()) await work();
});

/** A new folder that the database's user can reach. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp("/tmp/rollcall-db-");
  await chmod(folder, 0o755);
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the database in this process; stopped after the test. */
export async function start(dataFolder: string, options: { binaries?: string; testing?: boolean } = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataFolder, testing: true, ...chosenBinaries(), ...options });
  afterwards(() => database.stop());
  return database;
}

export interface Parent {
  readonly child: ChildProcess;
  /** What it said: its server's pid, or why it did not start. */
  readonly said: { readonly pid?: number; readonly adopted?: boolean; readonly error?: string };
}

/** A second Rollcall: a process of its own that starts the database and can be killed. Only root can run it as another user. */
export async function startParent(dataFolder: string, user: { uid?: number; gid?: number } = {}): Promise<Parent> {
  const { binaries } = chosenBinaries();
  const program = path.join(import.meta.dirname, "embedded-parent.ts");
  const child = spawn(process.execPath, [program, dataFolder, ...(binaries === undefined ? [] : [binaries])], {
    stdio: ["ignore", "pipe", "inherit"],
    ...user,
  });
  afterwards(() => kill(child));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: JSON.parse(line.toString()) as Parent["said"] };
}

/** kill -9, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

export async function query(database: EmbeddedDatabase, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.poolConfig);
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
