import { createHash } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { fileErrorCode } from "./file-error-code.ts";
import { assertOwned, giveTo, type RunAs } from "./run-as.ts";

/** The socket's file name carries a port although no port is open. */
export const socketPort = 5432;

/** Bytes of a socket's path that every system takes: 107 on Linux, 103 on macOS. */
const longestSocketPath = 103;

/** The path of the server's socket in a folder. */
export function socketFile(folder: string): string {
  return path.join(folder, `.s.PGSQL.${socketPort}`);
}

/**
 * Where the socket goes: `run` in the data folder, or, when that path is too long for a socket, a folder in /tmp named after
 * the data folder (always the same one, so that a later start finds it).
 */
export function chooseSocketFolder(dataFolder: string): string {
  const beside = path.join(dataFolder, "run");
  if (Buffer.byteLength(socketFile(beside)) <= longestSocketPath) return beside;
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 16);
  return path.join("/tmp", `rollcall-${name}`);
}

/** Makes the folder, open to the database's user alone: whoever can reach the socket is let in without a password. */
export async function prepareSocketFolder(folder: string, runAs: RunAs | undefined): Promise<void> {
  if (Buffer.byteLength(socketFile(folder)) > longestSocketPath) {
    throw new EmbeddedDatabaseError(
      `The socket folder ${folder} is too long: the socket's path may have ${longestSocketPath} bytes. Choose a shorter one.`,
    );
  }
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (fileErrorCode(error) !== "EEXIST") throw error;
    await assertOwned(folder, runAs);
  }
  await giveTo(runAs, folder);
  await chmod(folder, 0o700);
}
