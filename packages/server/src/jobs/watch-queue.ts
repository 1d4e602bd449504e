import { createPool } from "../db/index.ts";
import { endStalledSessions } from "./end-stalled-sessions.ts";
import { mendAfterSetBack } from "./mend-clock.ts";
import type { Log } from "../app/dependencies.ts";

const everyMs = 5_000;

/**
 * Looks every few seconds for sessions of frozen nodes and for jobs that a clock which was set back holds up, over a connection of its own: the others may all be waiting
 * for those locks. Ended by `signal`.
 */
export function watchQueue(connectionString: string, log: Log, signal: AbortSignal): void {
  const onError = (error: Error): void => { log.warn({ error }, "A database connection broke"); };
  const pool = createPool({ connectionString, applicationName: "rollcall watch", max: 1, waitMs: everyMs, statementTimeoutMs: everyMs, onError });
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const ended = await endStalledSessions(pool);
      if (ended > 0) log.warn({ ended }, "Database sessions of a node that does not go on held locks that others wait for, and were ended");
      const woken = await mendAfterSetBack(pool);
      if (woken > 0) log.warn({ woken }, "The database's clock was set back; jobs that would have waited for it to catch up were woken");
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : "unknown" }, "Stalled database sessions and jobs could not be looked for; the next look is in a few seconds.");
    }
  };
  const timer = setInterval(() => { looking = looking.then(look); }, everyMs);
  timer.unref();
  const end = (): void => {
    clearInterval(timer);
    void looking.then(() => pool.end());
  };
  signal.addEventListener("abort", end, { once: true });
}
