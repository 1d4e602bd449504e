import { mkdtemp, rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { createPool, migrate, startEmbedded } from "../../src/db/index.ts";
import { createJobs } from "../../src/jobs/index.ts";
import { withDatabase } from "./test-server.ts";

const template = "rollcall_template";

/** Which PostgreSQL the suite runs on, by ROLLCALL_TEST_POSTGRES: unset for the embedded one, 15 for Debian's. */
function chosenPostgres(): { postgres: string; binaries?: string } {
  const chosen = process.env["ROLLCALL_TEST_POSTGRES"] ?? "embedded";
  if (chosen === "embedded") return { postgres: chosen };
  if (/^\d+$/u.test(chosen)) return { postgres: chosen, binaries: `/usr/lib/postgresql/${chosen}/bin` };
  throw new Error(`ROLLCALL_TEST_POSTGRES is "${chosen}": leave it out for the embedded PostgreSQL, or give a version that Debian installed, such as 15.`);
}

let stopServer: (() => Promise<void>) | undefined;

/** One throw-away server for the whole run, with a migrated template that each test file clones. */
export async function setup(project: TestProject): Promise<void> {
  const { postgres, ...binaries } = chosenPostgres();
  // Not in os.tmpdir(): TMPDIR may be closed to the user that the server runs as, and too long for a socket.
  const dataFolder = await mkdtemp("/tmp/rollcall-test-");
  const server = await startEmbedded({ dataFolder, testing: true, ...binaries });
  stopServer = async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  const connectionString = withDatabase(server.connectionString, "postgres");
  await makeTemplate(connectionString);
  project.provide("testServer", { connectionString, template, postgres });
}

export async function teardown(): Promise<void> {
  await stopServer?.();
}

async function makeTemplate(connectionString: string): Promise<void> {
  await withPool(connectionString, (pool) => pool.query(`CREATE DATABASE ${template}`));
  await withPool(withDatabase(connectionString, template), (pool) => migrate(pool));
  // The queue's own tables as well: making them takes longer than cloning everything.
  const jobs = await createJobs({
    connectionString: withDatabase(connectionString, template),
    queues: [],
    onError: () => undefined,
    supervise: false,
  });
  await jobs.stop();
}

async function withPool(connectionString: string, work: (pool: ReturnType<typeof createPool>) => Promise<unknown>): Promise<void> {
  const pool = createPool({ connectionString, applicationName: "rollcall test set-up", onError: () => undefined });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}
