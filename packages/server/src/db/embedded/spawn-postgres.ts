import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { DiskFullError, isDiskFullAt, tellsOfFullDisk } from "../disk-full-error.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import type { RunAs } from "./run-as.ts";
import { programEnvironment } from "./run-program.ts";
import { asArguments } from "./settings.ts";

const longestLogBytes = 10 * 1024 * 1024;

/** A server that we have just started; its log stands in `logFile`, where this start's part begins at `logStart` bytes. */
export interface Spawned {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly logFile: string;
  readonly logStart: number;
}

/**
 * Starts the server in its own process group and with its log in a file, so that it outlives us when we are killed (the next
 * start takes it over) and does not get our terminal's Ctrl-C.
 */
export async function spawnPostgres(
  binaries: Binaries,
  cluster: string,
  settings: Readonly<Record<string, string>>,
  runAs: RunAs | undefined,
): Promise<Spawned> {
  const logFile = path.join(path.dirname(cluster), "postgres.log");
  const logStart = await rotate(logFile);
  const log = await open(logFile, "a", 0o600);
  try {
    const child = spawn(binaries.postgres, ["-D", cluster, ...asArguments(settings)], {
      ...runAs,
      cwd: cluster,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: programEnvironment,
    });
    await once(child, "spawn");
    child.unref();
    if (child.pid === undefined) throw new EmbeddedDatabaseError(`${binaries.postgres} could not be started.`);
    return { child, pid: child.pid, logFile, logStart };
  } finally {
    await log.close();
  }
}

/** Why a server ended instead of starting, from what it wrote; a full disk may have kept it from writing anything. */
export async function startFailure(spawned: Spawned): Promise<Error> {
  const log = (await readFile(spawned.logFile)).subarray(spawned.logStart).toString("utf8");
  const folder = path.dirname(spawned.logFile);
  if (tellsOfFullDisk(log) || (await isDiskFullAt(folder))) return new DiskFullError(folder);
  // Whoever asks too early is told so in the log, again and again.
  const reasons = log.split("\n").filter((line) => /FATAL|PANIC|HINT|could not/u.test(line) && !/is starting up|not yet accepting connections/u.test(line));
  return new EmbeddedDatabaseError(
    `The embedded PostgreSQL did not start: ${reasons.join(" ").trim() || "it wrote no reason"}. Its log is ${spawned.logFile}.`,
  );
}

/**
 * Whether a failed start can simply be made again. It met a server that was already there (started by a process that was killed a moment ago). Or PostgreSQL died while it rolled a
 * transaction back that had made an unlogged table: of the table's two files the first recovery finds one and makes the other again, stumbles over the one ("File exists") and ends;
 * the next recovery finds both, which is what it needs to remove them.
 */
export async function canStartAgain(spawned: Spawned): Promise<boolean> {
  const log = (await readFile(spawned.logFile)).subarray(spawned.logStart).toString("utf8");
  return log.includes('lock file "postmaster.pid" already exists') || /FATAL: .*could not create file "[^"]+": File exists/u.test(log);
}

/** One old log is kept. Returns the bytes that are in the log already. */
async function rotate(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size < longestLogBytes) return size;
  await rm(`${logFile}.1`, { force: true });
  await rename(logFile, `${logFile}.1`);
  return 0;
}
