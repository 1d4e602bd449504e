import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DiskFullError } from "../disk-full-error.ts";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";

/** The right of one process to a data folder. The operating system ends it with the process, however that ends. */
export interface FolderLock {
  readonly release: () => Promise<void>;
}

/** SQLite's result codes: somebody else holds the file's lock; there is no room for the file. */
const sqliteBusy = 5;
const sqliteFull = 13;

/**
 * Takes the data folder for this process, or throws one sentence that names the holder.
 *
 * The lock is the kernel's own (fcntl) lock on a file, held through an empty SQLite database that is never written: Node has no
 * other way to one. Unlike a pid file it cannot go stale, survives the reuse of pids and is not inherited by the PostgreSQL that
 * we start, and it holds between containers that share the folder.
 */
export async function lockFolder(dataFolder: string): Promise<FolderLock> {
  const holderFile = path.join(dataFolder, "rollcall.pid");
  const database = openLocked(path.join(dataFolder, "rollcall.lock"));
  if (database === undefined) {
    const holder = (await readFile(holderFile, "utf8").catch(() => "")).trim();
    const process = /^\d+$/u.test(holder) ? ` (process ${holder})` : "";
    throw new EmbeddedDatabaseError(
      `Another Rollcall${process} is using the data folder ${dataFolder}: stop it first, or choose another folder with ROLLCALL_DATA.`,
    );
  }
  // For the other one's message only: a full disk must not keep us from running.
  await writeFile(holderFile, `${process.pid}\n`, { mode: 0o600 }).catch(() => undefined);
  return {
    release: async () => {
      if (!database.isOpen) return;
      await rm(holderFile, { force: true });
      database.close();
    },
  };
}

function openLocked(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    // No journal: nothing is ever written, and a full disk must not keep us from locking.
    database.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
    if (code === sqliteBusy) return undefined;
    if (code === sqliteFull) throw new DiskFullError(path.dirname(file), { cause: error });
    throw new EmbeddedDatabaseError(`The lock file ${file} cannot be used: ${error instanceof Error ? error.message : "?"}.`, {
      cause: error,
    });
  }
}
