import type { PgBoss, UpdateQueueOptions } from "pg-boss";
import { deadLettersOf, type Payload, type Queue, type QueueConcurrency } from "./queue.ts";

/** pg-boss's policies; its `groupConcurrency` let six run where two were allowed and is not used. */
const policies: Readonly<Record<QueueConcurrency, string>> = { parallel: "standard", oneAtATime: "singleton", oneWaiting: "stately" };

/** Seconds without a sign of life after which a job's node counts as dead. pg-boss takes no less. */
const heartbeatSeconds = 10;

/** Makes a queue and its dead letters, or brings an existing one up to the definition. */
export async function setUpQueue(boss: PgBoss, queue: Queue<Payload>): Promise<void> {
  const dead = deadLettersOf(queue);
  const existing = await boss.getQueue(queue.name);
  if (existing !== null && existing.policy !== policies[queue.concurrency]) {
    throw new Error(`The queue ${queue.name} exists with another concurrency (${existing.policy ?? "?"}): give the changed queue a new name.`);
  }
  await boss.createQueue(dead.name, { policy: policies.parallel });
  await boss.updateQueue(dead.name, queueOptions(dead));
  await boss.createQueue(queue.name, { policy: policies[queue.concurrency] });
  await boss.updateQueue(queue.name, { ...queueOptions(queue), deadLetter: dead.name });
}

function queueOptions(queue: Queue<Payload>): UpdateQueueOptions {
  const day = 86_400;
  return {
    retryLimit: queue.retryLimit,
    retryDelay: queue.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: queue.retryDelayMaxSeconds,
    heartbeatSeconds,
    // The most that pg-boss takes: a sync of hours is alive as long as its heartbeat is.
    expireInSeconds: day,
    retentionSeconds: 30 * day,
    deleteAfterSeconds: 7 * day,
    notify: true,
  };
}
