import { chown, lchown, lstat, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";

/** The operating-system user that PostgreSQL runs as when Rollcall itself runs as root, which PostgreSQL refuses. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on Linux and the BSDs. initdb wants it to have a name in /etc/passwd, as everywhere but in the barest images. */
const nobody: RunAs = { uid: 65_534, gid: 65_534 };

/** Nobody for root, undefined (run as ourselves) for everyone else. */
export function chooseRunAs(): RunAs | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
}

/** Gives one file or folder to the database's user; nothing to do when we are that user. */
export async function giveTo(runAs: RunAs | undefined, file: string): Promise<void> {
  if (runAs !== undefined) await chown(file, runAs.uid, runAs.gid);
}

/** Gives a folder and everything in it to the database's user. */
export async function giveAllTo(runAs: RunAs | undefined, folder: string): Promise<void> {
  if (runAs === undefined) return;
  await giveTo(runAs, folder);
  for (const name of await readdir(folder, { recursive: true })) await lchown(path.join(folder, name), runAs.uid, runAs.gid);
}

/** The folders on the way to `target` (not itself) that the user may not pass through, outermost first. */
async function blockedParents(target: string, runAs: RunAs): Promise<string[]> {
  const blocked: string[] = [];
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    const found = await stat(folder);
    const executeBit = found.uid === runAs.uid ? 0o100 : found.gid === runAs.gid ? 0o010 : 0o001;
    if ((found.mode & executeBit) === 0) blocked.unshift(folder);
    if (folder === path.dirname(folder)) return blocked;
  }
}

/** Explains, before PostgreSQL would fail obscurely, why its user cannot reach the data folder. */
export async function assertReachable(target: string, runAs: RunAs | undefined): Promise<void> {
  if (runAs === undefined) return;
  const blocked = await blockedParents(target, runAs);
  if (blocked.length === 0) return;
  throw new EmbeddedDatabaseError(
    `Rollcall was started by root, and PostgreSQL, which refuses root, runs as user ${runAs.uid} (nobody). ` +
      `That user may not pass through ${blocked.join(", ")}. ` +
      `Choose a data folder it can reach (ROLLCALL_DATA, for example /var/lib/rollcall), allow passing with ` +
      `"chmod o+x ${blocked.join(" ")}", or start Rollcall as an ordinary user.`,
  );
}

/** Refuses a folder that another user owns: whoever owns it could replace what is in it. */
export async function assertOwned(folder: string, runAs: RunAs | undefined): Promise<void> {
  const found = await lstat(folder);
  const ours = runAs?.uid ?? process.getuid?.();
  const owned = ours === undefined || found.uid === ours || (runAs !== undefined && found.uid === 0);
  if (found.isDirectory() && owned) return;
  throw new EmbeddedDatabaseError(
    `${folder} is not a folder of user ${ours ?? "?"}. Remove it, give it to that user, or choose another folder with ROLLCALL_DATA.`,
  );
}
