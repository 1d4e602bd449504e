import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { fileErrorCode } from "./file-error-code.ts";
import { restoreLibraryLinks } from "./library-links.ts";
import { findNativeFolder } from "./platform-package.ts";
import { giveAllTo, giveTo, type RunAs } from "./run-as.ts";
import { runProgram } from "./run-program.ts";

/** PostgreSQL's programs, known to start as the database's user. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** 18 for 18.4: data folders of one major version cannot be read by another. */
  readonly majorVersion: number;
}

/**
 * Finds PostgreSQL's programs and tries them as the user they will run as. Where that user cannot reach them (a checkout in
 * /root) or the library links are missing and cannot be made in place, they are copied beside the data once.
 *
 * @param binFolder another PostgreSQL's `bin` folder (Debian: /usr/lib/postgresql/15/bin) instead of the npm package's
 */
export async function prepareBinaries(
  dataFolder: string,
  runAs: RunAs | undefined,
  binFolder: string | undefined,
  findNative: () => string = findNativeFolder,
): Promise<Binaries> {
  if (binFolder !== undefined) return tryBinaries(binFolder, runAs);
  const native = findNative();
  try {
    await restoreLibraryLinks(native);
    return await tryBinaries(path.join(native, "bin"), runAs);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS") throw error;
    return tryBinaries(path.join(await copyBinaries(native, dataFolder, runAs), "bin"), runAs);
  }
}

async function tryBinaries(binFolder: string, runAs: RunAs | undefined): Promise<Binaries> {
  const postgres = path.join(binFolder, "postgres");
  const initdb = path.join(binFolder, "initdb");
  const version = await versionOf(postgres, runAs);
  await versionOf(initdb, runAs);
  const major = /\(PostgreSQL\) (?<major>\d+)/u.exec(version)?.groups?.["major"];
  if (major === undefined) throw new EmbeddedDatabaseError(`${postgres} is not PostgreSQL: it says "${version.trim()}".`);
  return { postgres, initdb, majorVersion: Number(major) };
}

async function versionOf(program: string, runAs: RunAs | undefined): Promise<string> {
  const { code, output } = await start(program, runAs);
  if (code === 0) return output;
  throw new EmbeddedDatabaseError(
    `${program} does not start here: ${output.trim() || `exit code ${code}`}. ` +
      "The embedded database needs glibc 2.27 or later. Set DATABASE_URL to a PostgreSQL 15 or later instead.",
  );
}

async function start(program: string, runAs: RunAs | undefined): Promise<{ code: number | null; output: string }> {
  try {
    return await runProgram(program, ["--version"], runAs);
  } catch (error) {
    if (fileErrorCode(error) !== "ENOENT") throw error;
    const there = await stat(program).then(
      () => true,
      () => false,
    );
    // A program that is there and "not found" lacks its loader: musl instead of glibc.
    const why = there ? "its loader is missing: this system has no glibc (Alpine Linux is one)" : "it is not there";
    throw new EmbeddedDatabaseError(
      `${program} cannot be started: ${why}. Install again, or set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause: error },
    );
  }
}

/** A copy under the data folder, complete or absent: made under another name, then renamed. */
async function copyBinaries(native: string, dataFolder: string, runAs: RunAs | undefined): Promise<string> {
  const installed = await stat(path.join(native, "bin", "postgres"));
  const copy = path.join(dataFolder, `postgres-programs-${installed.size}-${Math.trunc(installed.mtimeMs)}`);
  const complete = await stat(copy).then(
    () => true,
    () => false,
  );
  if (complete) return copy;
  const parent = await mkdtemp(path.join(dataFolder, "postgres-programs-new-"));
  await giveTo(runAs, parent);
  const fresh = path.join(parent, "native");
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await restoreLibraryLinks(fresh);
  await giveAllTo(runAs, fresh);
  await rename(fresh, copy);
  await rm(parent, { recursive: true, force: true });
  return copy;
}
