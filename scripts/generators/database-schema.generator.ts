import { mkdtemp, rm } from 'node:fs/promises';
import { generateSchema } from '../../packages/server/src/db/generate-schema.ts';
import { createPool, migrate, startEmbedded } from '../../packages/server/src/db/index.ts';
import type { Generator } from './generator.ts';

async function migrateOnce(connectionString: string): Promise<void> {
  const pool = createPool({ connectionString, applicationName: 'rollcall generate', onError: () => undefined });
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
}

/** The types of a database that was made by the migrations, in a PostgreSQL of its own that is thrown away. */
async function schemaOfMigrations(): Promise<string> {
  // A short path, because the server's socket stands in it.
  const dataFolder = await mkdtemp('/tmp/rollcall-generate-');
  const server = await startEmbedded({ dataFolder, testing: true });
  try {
    await migrateOnce(server.connectionString);
    return await generateSchema(server.connectionString);
  } finally {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** packages/server/src/db/schema.ts: what Kysely knows of the tables. */
export const generator: Generator = {
  make: async () => [{ path: 'packages/server/src/db/schema.ts', text: await schemaOfMigrations() }],
};
