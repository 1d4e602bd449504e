import { statfs } from "node:fs/promises";

/** No room left where the database (or our files) live. Nothing of the failed write was kept. */
export class DiskFullError extends Error {
  override readonly name = "DiskFullError";

  constructor(where: string, options?: ErrorOptions) {
    super(`The disk is full (${where}). Nothing was half-written: free some space and try again.`, options);
  }
}

/** PostgreSQL's SQLSTATE disk_full, and the operating system's own two codes. */
const fullDiskCodes = new Set(["53100", "ENOSPC", "EDQUOT"]);

/** Whether an error of pg or of node:fs, or one of its causes, means that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof DiskFullError) return true;
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && fullDiskCodes.has(error.code)) return true;
  return error.cause !== undefined && isDiskFull(error.cause);
}

/** The same error, or a DiskFullError in its place when that is what it means. For `catch` blocks: `throw asDiskFull(error, "…")`. */
export function asDiskFull(error: unknown, where: string): unknown {
  return isDiskFull(error) && !(error instanceof DiskFullError) ? new DiskFullError(where, { cause: error }) : error;
}

/** Whether what PostgreSQL wrote to its log or to stderr tells of a full disk. */
export function tellsOfFullDisk(log: string): boolean {
  return /No space left on device|Disk quota exceeded/u.test(log);
}

/** PostgreSQL stops working when it cannot make its next write-ahead segment, a file of 16 MiB. */
const neededBytes = 16 * 1024 * 1024;

/** Whether the disk under a folder has too little room for PostgreSQL to go on. */
export async function isDiskFullAt(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < neededBytes;
}
