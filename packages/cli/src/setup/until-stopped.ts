import { CliError } from '../cli-error.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Waits until somebody asks the server to stop. Rejects when its embedded database ends by itself: whoever started the server (systemd, Docker) starts it anew,
 * and what was under way is settled then.
 */
export async function untilStopped(signal: AbortSignal, databaseEnded: Promise<Error>): Promise<void> {
  const error = await Promise.race([untilAborted(signal), databaseEnded]);
  if (error instanceof Error) throw new CliError(`The embedded database ended by itself: ${error.message} Start Rollcall again: what was under way is settled then.`, undefined, { cause: error });
}
