import { readFile, readlink, symlink } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { fileErrorCode } from "./file-error-code.ts";

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the links between library names (libpq.so.5 → libpq.so.5.18) that npm cannot pack and that the package's install
 * script, which npm 12 and `--ignore-scripts` do not run, would have made. Existing links stay as they are.
 *
 * @param native the `native` folder of the platform package; a folder without `pg-symlinks.json` needs no links
 * @returns how many links were missing
 */
export async function restoreLibraryLinks(native: string): Promise<number> {
  let missing = 0;
  for (const { source, target } of await readLinkList(native)) {
    // The list names both ends from the package's root: "native/lib/…".
    const root = path.dirname(native);
    const link = path.resolve(root, target);
    if (!link.startsWith(native + path.sep) || (await exists(link))) continue;
    missing += 1;
    try {
      await symlink(path.relative(path.dirname(link), path.resolve(root, source)), link);
    } catch (error) {
      // A second process starting at the same moment made it first.
      if (fileErrorCode(error) !== "EEXIST") throw error;
    }
  }
  return missing;
}

async function readLinkList(native: string): Promise<z.infer<typeof linkList>> {
  try {
    return linkList.parse(JSON.parse(await readFile(path.join(native, "pg-symlinks.json"), "utf8")));
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

async function exists(link: string): Promise<boolean> {
  try {
    await readlink(link);
    return true;
  } catch (error) {
    // EINVAL: a plain file with that name, which serves as well (a copy of the package made without links).
    return fileErrorCode(error) === "EINVAL";
  }
}
