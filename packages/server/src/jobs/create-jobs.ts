import { fromKysely, PgBoss, type KyselyTransactionLike, type SendOptions } from "pg-boss";
import { bringForward } from "./bring-forward.ts";
import { startWorker, type JobHandler } from "./job-worker.ts";
import { deadLettersOf, type Payload, type Queue } from "./queue.ts";
import { setUpQueue } from "./queue-setup.ts";
import { takeBack } from "./take-back.ts";

export interface JobsOptions {
  /** A direct connection: notifications do not pass a pooler in transaction mode (polling then finds jobs within 2 s). */
  readonly connectionString: string;
  /** Every queue that this process enqueues into or works on. */
  readonly queues: readonly Queue<Payload>[];
  /** Failures of the queue's own work (a lost connection, a job that was rejected); jobs themselves are retried. */
  readonly onError: (error: Error) => void;
  /** Whether this node also looks after dead nodes' jobs and cron (default true). */
  readonly supervise?: boolean;
  /** No other node can be alive: what was being worked on is a dead node's, and goes on at once (see takeBack). */
  readonly alone?: boolean;
}

export interface EnqueueOptions {
  /** See QueueConcurrency: what runs one at a time, e.g. a source's id. */
  readonly key?: string;
  /** Not before this instant. */
  readonly startAfter?: Date;
  /** When one of this key waits already (`oneWaiting`) and was put off, it begins now: somebody has done something that should not wait for it. */
  readonly bringForward?: boolean;
  /** Higher first (default 0). */
  readonly priority?: number;
}

export interface JobSchedule<P extends Payload> {
  /** Tells schedules of one queue apart, e.g. a policy's id; also the key of the jobs it makes. */
  readonly key: string;
  /** Five fields: minute hour day month weekday. */
  readonly cron: string;
  /** IANA name, e.g. Asia/Tokyo. */
  readonly timeZone: string;
  readonly payload: P;
}

/** Anything that runs queries in the transaction the job belongs to: a Kysely transaction, or the database itself. */
export type QueryRunner = KyselyTransactionLike;

/** The queue of work, shared by all nodes through the database. It only wakes work: the rows that jobs name are the truth. */
export interface Jobs {
  /**
   * Adds a job in the caller's transaction: with its rows, or not at all.
   * @returns its id, or null when an equal one waits already (`oneWaiting`)
   */
  enqueue<P extends Payload>(trx: QueryRunner, queue: Queue<P>, payload: P, options?: EnqueueOptions): Promise<string | null>;
  /** Starts `workers` workers (default 1) on this node. */
  work<P extends Payload>(queue: Queue<P>, handler: JobHandler<P>, options?: { readonly workers?: number }): Promise<void>;
  /** Makes or changes a schedule, in the caller's transaction. Occurrences missed while everything was down run once. */
  schedule<P extends Payload>(trx: QueryRunner, queue: Queue<P>, schedule: JobSchedule<P>): Promise<void>;
  unschedule<P extends Payload>(trx: QueryRunner, queue: Queue<P>, key: string): Promise<void>;
  /** Takes no more jobs, aborts the handlers' signals, waits up to `limitMs` (default 30 s) for them; what is left is retried. */
  stop(limitMs?: number): Promise<void>;
}

const schema = "pgboss";

/** Connects, makes or upgrades the queue's tables (one node at a time), and sets up the queues. */
export async function createJobs(options: JobsOptions): Promise<Jobs> {
  const { connectionString, queues, onError, supervise = true, alone = false } = options;
  const boss = new PgBoss({
    connectionString,
    schema,
    application_name: "rollcall jobs",
    max: 5,
    useListenNotify: true,
    supervise,
    schedule: supervise,
    // A dead node's jobs go on after 11 s; the defaults of 60 would add a minute.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on("error", onError);
  await boss.start();
  try {
    for (const queue of queues) await setUpQueue(boss, queue);
    if (alone) await takeBack(boss, schema, queues);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  return onBoss(boss, new Set(queues.flatMap((queue) => [queue.name, deadLettersOf(queue).name])));
}

function onBoss(boss: PgBoss, known: ReadonlySet<string>): Jobs {
  const stopping = new AbortController();
  const assertKnown = (name: string): void => {
    if (!known.has(name)) throw new Error(`The queue ${name} was not given to createJobs.`);
  };
  return {
    enqueue: async (trx, queue, payload, options = {}) => {
      assertKnown(queue.name);
      const id = await boss.send(queue.name, queue.payload.parse(payload), { ...sendOptions(options), db: fromKysely(trx) });
      if (id === null && options.bringForward === true && options.key !== undefined) await bringForward(trx, schema, queue.name, options.key);
      return id;
    },
    work: async (queue, handler, options = {}) => {
      assertKnown(queue.name);
      for (let started = 0; started < (options.workers ?? 1); started += 1) {
        await startWorker(boss, queue, handler, stopping.signal);
      }
    },
    schedule: async (trx, queue, { key, cron, timeZone, payload }) => {
      assertKnown(queue.name);
      const options = { key, tz: timeZone, singletonKey: key, missed: "once", db: fromKysely(trx) } as const;
      await boss.schedule(queue.name, cron, queue.payload.parse(payload), options);
    },
    unschedule: async (trx, queue, key) => {
      assertKnown(queue.name);
      await boss.unschedule(queue.name, key, { db: fromKysely(trx) });
    },
    stop: async (limitMs = 30_000) => {
      stopping.abort(new Error("This node is stopping."));
      await boss.stop({ graceful: true, timeout: limitMs });
    },
  };
}

function sendOptions(options: EnqueueOptions): SendOptions {
  return {
    ...(options.key === undefined ? {} : { singletonKey: options.key }),
    ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
    ...(options.priority === undefined ? {} : { priority: options.priority }),
  };
}
