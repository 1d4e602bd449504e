import type pg from "pg";
import { migrationsFolder, readMigrationFiles } from "./migration-files.ts";

/** The number of this program's newest migration. */
export async function newestMigration(): Promise<number> {
  return (await readMigrationFiles(migrationsFolder)).length;
}

/** The number of the newest migration the database has; 0 for a database without our schema. Takes no lock: a migration may be under way. */
export async function appliedMigration(pool: pg.Pool): Promise<number> {
  const { rows: found } = await pool.query<{ made: boolean }>("SELECT to_regclass('upgrade.migration') IS NOT NULL AS made");
  if (found[0]?.made !== true) return 0;
  const { rows } = await pool.query<{ number: number | null }>("SELECT max(number) AS number FROM upgrade.migration");
  return rows[0]?.number ?? 0;
}
