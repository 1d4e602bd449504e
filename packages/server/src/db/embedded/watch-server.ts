import { DiskFullError, isDiskFullAt } from "../disk-full-error.ts";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { isRunning } from "./process-state.ts";

export interface ServerWatch {
  /** Settles when the server's process ends before `stop` was called; never afterwards. */
  readonly ended: Promise<Error>;
  readonly stop: () => void;
}

const everyMs = 1000;

/** Looks every second whether the server still runs; it may not be our child. Does not keep the process alive. */
export function watchServer(pid: number, dataFolder: string): ServerWatch {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<Error>((resolve) => {
    const look = async (): Promise<void> => {
      if (await isRunning(pid)) return;
      clearInterval(timer);
      resolve(await endReason(dataFolder));
    };
    timer = setInterval(() => void look(), everyMs).unref();
  });
  return {
    ended,
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function endReason(dataFolder: string): Promise<Error> {
  if (await isDiskFullAt(dataFolder).catch(() => false)) return new DiskFullError(dataFolder);
  return new EmbeddedDatabaseError(
    `The embedded PostgreSQL ended without being asked to; what was committed is safe. Its log is postgres.log in ${dataFolder}. Start Rollcall again.`,
  );
}
