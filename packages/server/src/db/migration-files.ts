import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** One step of the schema, as it stands in the program. */
export interface MigrationFile {
  readonly number: number;
  /** The file's name, e.g. `0001-first.sql`. */
  readonly name: string;
  readonly sql: string;
  /** Of the text with \n line ends, in hex: a checkout that changes line ends changes nothing. */
  readonly sha256: string;
}

/** Rollcall's own migrations. */
export const migrationsFolder = path.join(import.meta.dirname, "migrations");

/** Reads `NNNN-name.sql` files in order. Throws on any other name and on a gap or a double number: they are mistakes of the program. */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(?<number>\d{4})-[a-z0-9-]+\.sql$/u.exec(name)?.groups?.["number"]);
      if (number !== index + 1) {
        throw new Error(`${path.join(folder, name)}: migrations are named NNNN-name.sql and numbered 0001, 0002, … without a gap.`);
      }
      const sql = (await readFile(path.join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return { number, name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
