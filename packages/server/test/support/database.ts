import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase, createPool, type Database } from "../../src/db/index.ts";
import { withDatabase } from "./test-server.ts";

export interface TestDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  readonly connectionString: string;
  /** Closes the pool and removes the database. */
  drop(): Promise<void>;
}

/**
 * A migrated database of this test file's own, cloned in about 23 ms.
 * Use: `const database = await testDatabase(); afterAll(() => database.drop());`
 */
export async function testDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const template = options.empty === true ? "template1" : server.template;
  await onServer(server.connectionString, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const connectionString = withDatabase(server.connectionString, name);
  const pool = createPool({ connectionString, applicationName: name, onError: () => undefined });
  return {
    db: createDatabase(pool),
    pool,
    connectionString,
    drop: async () => {
      if (!pool.ended) await pool.end();
      await onServer(server.connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
