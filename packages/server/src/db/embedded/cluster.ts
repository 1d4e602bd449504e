import { mkdtemp, open, readFile, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { DiskFullError, tellsOfFullDisk } from "../disk-full-error.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { fileErrorCode } from "./file-error-code.ts";
import { giveTo, type RunAs } from "./run-as.ts";
import { runProgram } from "./run-program.ts";

/** The database's one role; whoever reaches the socket is it. */
export const superuser = "rollcall";

const unfinished = "postgres.new-";

/** PostgreSQL's own folder inside Rollcall's data folder. */
export function clusterFolder(dataFolder: string): string {
  return path.join(dataFolder, "postgres");
}

/**
 * Makes PostgreSQL's folder if there is none, complete or not at all: initdb works under another name, and only a finished
 * folder gets its own. Refuses a folder that another major version made.
 */
export async function prepareCluster(
  dataFolder: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  testing: boolean,
): Promise<void> {
  const cluster = clusterFolder(dataFolder);
  const version = await clusterVersion(cluster);
  if (version === undefined) return initialise(dataFolder, binaries, runAs, testing);
  if (version !== binaries.majorVersion) {
    throw new EmbeddedDatabaseError(
      `${cluster} was made by PostgreSQL ${version}, and this Rollcall brings PostgreSQL ${binaries.majorVersion}. ` +
        `Start the Rollcall version that made it, run "rollcall backup", then "rollcall restore" with this version and a new data folder.`,
    );
  }
}

async function clusterVersion(cluster: string): Promise<number | undefined> {
  let names: string[];
  try {
    names = await readdir(cluster);
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  if (names.includes("PG_VERSION")) return Number.parseInt(await readFile(path.join(cluster, "PG_VERSION"), "utf8"), 10);
  throw new EmbeddedDatabaseError(
    `${cluster} exists and holds no PostgreSQL database. Rollcall does not write over it: move it away, or choose another data folder with ROLLCALL_DATA.`,
  );
}

async function initialise(dataFolder: string, binaries: Binaries, runAs: RunAs | undefined, testing: boolean): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    // Left by a start that was killed; we hold the folder's lock, so nobody is working in it.
    if (name.startsWith(unfinished)) await rm(path.join(dataFolder, name), { recursive: true, force: true });
  }
  const fresh = await mkdtemp(path.join(dataFolder, unfinished));
  try {
    await giveTo(runAs, fresh);
    const { code, output } = await runProgram(binaries.initdb, initArguments(fresh, testing), runAs);
    if (code !== 0) throw initFailure(dataFolder, output);
    await rename(fresh, clusterFolder(dataFolder));
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(dataFolder);
  await syncFolder(path.dirname(dataFolder));
}

/**
 * `--locale=C` sorts by code point, fast and the same everywhere; `--lc-ctype=C.UTF-8` knows letters: with plain `C` trigrams of
 * Japanese are empty and `É ILIKE é` is false.
 */
function initArguments(folder: string, testing: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    ...(testing ? ["--no-sync"] : []),
  ];
}

function initFailure(dataFolder: string, output: string): Error {
  if (tellsOfFullDisk(output)) return new DiskFullError(dataFolder);
  const nameless = /could not look up effective user ID (?<uid>\d+)/u.exec(output)?.groups?.["uid"];
  if (nameless !== undefined) {
    return new EmbeddedDatabaseError(
      `PostgreSQL wants its user to have a name, and user ${nameless} has none. Add a line for it to /etc/passwd ` +
        `("rollcall:x:${nameless}:${nameless}::/:/bin/false"), start Rollcall as a user that has one, or set DATABASE_URL.`,
    );
  }
  return new EmbeddedDatabaseError(`PostgreSQL could not make its data folder in ${dataFolder}: ${output.trim().slice(-2000)}`);
}

/** Puts a folder's list of names on the disk: a renamed folder is otherwise gone after a power loss. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
