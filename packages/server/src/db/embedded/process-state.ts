import { readFile, readdir, readlink } from "node:fs/promises";

/** A process that is there and can still do something: a zombie is neither. */
export async function isRunning(pid: number): Promise<boolean> {
  const state = await processState(pid);
  if (state !== undefined) return state !== "Z" && state !== "X";
  return process.platform === "linux" ? false : answersToSignals(pid);
}

/**
 * The one-letter state of a process from /proc/<pid>/stat, or undefined where there is none.
 * The letter follows the program's name, which stands in parentheses and may itself hold any character.
 */
async function processState(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return line?.slice(line.lastIndexOf(")") + 2).charAt(0);
}

/** Where there is no /proc (macOS), where init always reaps. */
function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Running processes whose current folder is `folder`: PostgreSQL's main process and all its children sit in the data folder. */
export async function processesIn(folder: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const found: number[] = [];
  for (const name of names) {
    if (!/^\d+$/u.test(name)) continue;
    const current = await readlink(`/proc/${name}/cwd`).catch(() => undefined);
    if (current === folder && (await isRunning(Number(name)))) found.push(Number(name));
  }
  return found;
}

/** Whether a process sits in `folder`; undefined where that cannot be seen (no /proc, another user's process). */
export async function sitsIn(pid: number, folder: string): Promise<boolean | undefined> {
  const current = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return current === undefined ? undefined : current === folder;
}
