import { execFile } from "node:child_process";
import { chmod, mkdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";

const run = promisify(execFile);

/** A disk in memory that can be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Writes a file until nothing more fits. */
  fill(): Promise<void>;
  /** Takes that file away. */
  empty(): Promise<void>;
  grow(sizeMiB: number): Promise<void>;
  /** Makes it so small that this much is free. */
  leave(freeMiB: number): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a disk of its own of so many MiB, mounted at a new folder `disk` in `parent`. */
export async function smallDisk(parent: string, sizeMiB: number): Promise<SmallDisk> {
  const folder = path.join(parent, "disk");
  const filler = path.join(folder, "filler");
  await mkdir(folder);
  await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMiB}m,mode=0755`, "tmpfs", folder]);
  const resize = async (size: number): Promise<void> => { await run("mount", ["-o", `remount,size=${size}m`, folder]); };
  return {
    folder,
    async fill() {
      await run("dd", ["if=/dev/zero", `of=${filler}`, "bs=64k"]).catch(() => undefined);
      await chmod(filler, 0o600);
      await expect(writeFile(path.join(folder, "more"), Buffer.alloc(200_000))).rejects.toThrow("ENOSPC");
      await rm(path.join(folder, "more"), { force: true });
    },
    empty: () => rm(filler),
    grow: resize,
    async leave(freeMiB) {
      const { blocks, bfree, bsize } = await statfs(folder);
      await resize(Math.ceil(((blocks - bfree) * bsize) / 1024 ** 2) + freeMiB);
    },
    remove: async () => { await run("umount", ["--lazy", folder]); },
  };
}

/** Whether we may mount one. */
export async function canMount(): Promise<boolean> {
  const folder = `/tmp/rollcall-can-mount-${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
    await run("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
