import { startEmbedded } from "../../src/db/index.ts";

// Run as a program: starts the database on the folder given, says so, and then waits to be killed.
const [dataFolder = "", binaries] = process.argv.slice(2);
try {
  const database = await startEmbedded({ dataFolder, testing: true, ...(binaries === undefined ? {} : { binaries }) });
  // Before it says so: whoever reads it may send the signal at once.
  process.once("SIGTERM", () => {
    void database.stop();
  });
  process.stdout.write(`${JSON.stringify({ pid: database.pid, adopted: database.adopted })}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : "?" })}\n`);
}
