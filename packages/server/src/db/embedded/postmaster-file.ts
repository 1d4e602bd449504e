import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileErrorCode } from "./file-error-code.ts";

/** What a running (or killed) server left in its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  /** Where its socket is; undefined while it is still starting, and when it was killed in the first moments. */
  readonly socketFolder: string | undefined;
  /** The server says of itself that it takes connections; false while it starts, recovers or shuts down. */
  readonly ready: boolean;
}

/**
 * Reads postmaster.pid: pid, data folder, start time, port, socket folder, listen address, shared memory key, status, a line
 * each (PostgreSQL's src/include/utils/pidfile.h). Undefined when there is none, or when it was cut off before the pid.
 */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  try {
    const lines = (await readFile(path.join(cluster, "postmaster.pid"), "utf8")).split("\n");
    // A minus sign marks a single-user server.
    const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10));
    if (!Number.isSafeInteger(pid) || pid === 0) return undefined;
    const socketFolder = lines[4]?.trim();
    return { pid, socketFolder: socketFolder === "" ? undefined : socketFolder, ready: lines[7]?.trim() === "ready" };
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
