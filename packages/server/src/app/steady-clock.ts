import type pg from 'pg';
import type { Log } from './dependencies.ts';

/** The time by which this node works, and how to stop following it. */
interface SteadyClock {
  readonly now: () => Date;
  stop(): Promise<void>;
}

interface SteadyClockOptions {
  /** Milliseconds that only grow, whatever happens to this machine's clock. */
  readonly monotonicMs?: () => number;
  readonly lookEveryMs?: number;
}

/** A reading that took longer says too little about the moment it was made. */
const longestLookMs = 1_000;
/** A difference that an administrator should hear of. */
const worthTellingMs = 5_000;

/**
 * The database's clock, carried on by this process's own steady one: whoever sets this machine's clock changes nothing, and the clocks of all nodes agree. Read anew every
 * ten seconds; while the database is away the time goes on. When the database's own clock was set, it is followed, and the log says so.
 */
export async function followDatabaseClock(pool: pg.Pool, log: Log, { monotonicMs = () => performance.now(), lookEveryMs = 10_000 }: SteadyClockOptions = {}): Promise<SteadyClock> {
  let aheadMs = Date.now() - monotonicMs();
  const look = async (): Promise<number | null> => {
    const asked = monotonicMs();
    const { rows } = await pool.query<{ ms: number }>('select extract(epoch from clock_timestamp())::double precision * 1000 as ms');
    const answered = monotonicMs();
    const [row] = rows;
    return row === undefined || answered - asked > longestLookMs ? null : row.ms - (asked + answered) / 2;
  };
  const first = await look();
  if (first !== null && Math.abs(first - aheadMs) > worthTellingMs) log.warn({ seconds: Math.round((aheadMs - first) / 1000) }, 'This machine\'s clock differs from the database\'s, which counts. Keep both synchronised.');
  aheadMs = first ?? aheadMs;
  const follow = async (): Promise<void> => {
    const read = await look().catch(() => null);
    if (read === null) return;
    if (Math.abs(read - aheadMs) > worthTellingMs) log.warn({ seconds: Math.round((read - aheadMs) / 1000) }, 'The database\'s clock was set. Days are counted by it from now on; look at whether it is right.');
    aheadMs = read;
  };
  let following = Promise.resolve();
  const timer = setInterval(() => { following = following.then(follow); }, lookEveryMs);
  timer.unref();
  return {
    now: () => new Date(monotonicMs() + aheadMs),
    stop: async () => {
      clearInterval(timer);
      await following;
    },
  };
}
