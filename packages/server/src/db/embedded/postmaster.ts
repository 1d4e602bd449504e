import { rm } from "node:fs/promises";
import path from "node:path";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { readPostmasterFile, type PostmasterFile } from "./postmaster-file.ts";
import { isRunning, processesIn, sitsIn } from "./process-state.ts";
import { isRecovering } from "./readiness.ts";
import { socketFile } from "./socket-folder.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * The server that runs on a data folder, or undefined.
 * A pid in postmaster.pid proves nothing: its process may be a zombie (where PID 1 reaps nothing, for ever), or the number may
 * belong to another program by now, which does not sit in the data folder.
 */
export async function findPostmaster(cluster: string): Promise<PostmasterFile | undefined> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined || !(await isRunning(file.pid))) return undefined;
  return (await sitsIn(file.pid, cluster)) === false ? undefined : file;
}

/**
 * Clears what a killed server left, so that a new one can start: its children that still run (they end by themselves when
 * they notice, a busy one does not), postmaster.pid, the socket and its lock. Only for a folder without a running server.
 */
export async function clearRemains(cluster: string, socketFolder: string): Promise<void> {
  const gone = await waitUntil(async () => (await processesIn(cluster)).length === 0, 5000, 50);
  if (!gone) {
    for (const pid of await processesIn(cluster)) signal(pid, "SIGKILL");
    await waitUntil(async () => (await processesIn(cluster)).length === 0, 5000, 50);
  }
  const remains = await readPostmasterFile(cluster);
  for (const folder of new Set([socketFolder, remains?.socketFolder ?? socketFolder])) {
    await rm(socketFile(folder), { force: true });
    await rm(`${socketFile(folder)}.lock`, { force: true });
  }
  await rm(path.join(cluster, "postmaster.pid"), { force: true });
}

/**
 * Stops a server cleanly: a fast shutdown (connections are ended, everything is written), and if that does not end it an
 * immediate one, which loses nothing either but leaves recovery to the next start. A server that is recovering has nothing to
 * write and is stopped immediately: PostgreSQL 18 was seen to hang in a fast shutdown then.
 */
export async function stopPostmaster(pid: number, socketFolder: string): Promise<void> {
  const ended = async (): Promise<boolean> => !(await isRunning(pid));
  const steps = [
    { name: "SIGINT", limitMs: 30_000 },
    { name: "SIGQUIT", limitMs: 15_000 },
  ] as const;
  for (const { name, limitMs } of (await isRecovering(socketFolder)) ? steps.slice(1) : steps) {
    signal(pid, name);
    if (await waitUntil(ended, limitMs, 10)) return;
  }
  throw new EmbeddedDatabaseError(`The embedded PostgreSQL (process ${pid}) does not stop. Nothing is lost; end that process by hand.`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in the meantime.
  }
}
