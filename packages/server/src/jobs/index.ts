export {
  createJobs,
  type EnqueueOptions,
  type Jobs,
  type JobSchedule,
  type JobsOptions,
  type QueryRunner,
} from "./create-jobs.ts";
export type { JobContext, JobHandler } from "./job-worker.ts";
export { watchQueue } from "./watch-queue.ts";
export { deadLettersOf, defineQueue, type Payload, type Queue, type QueueConcurrency } from "./queue.ts";
