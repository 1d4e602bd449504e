import { setTimeout as delay } from 'node:timers/promises';

/** Waits. When the signal is aborted it rejects with the signal's own reason. */
export async function sleepUnlessAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
