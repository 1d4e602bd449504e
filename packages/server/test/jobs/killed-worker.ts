import { z } from "zod";
import { createJobs, defineQueue } from "../../src/jobs/index.ts";

/** The queue that the killed node and the one that takes over share. */
export const killedQueue = defineQueue({ name: "test.killed", payload: z.object({ n: z.number() }), concurrency: "oneAtATime" });

// Run as a program: a node that takes a job, says so, and never ends it.
if (process.argv[1] === import.meta.filename) {
  const connectionString = process.argv[2] ?? "";
  const jobs = await createJobs({ connectionString, queues: [killedQueue], onError: () => undefined });
  await jobs.work(killedQueue, async () => {
    process.stdout.write("taken\n");
    await Promise.race([]);
  });
}
