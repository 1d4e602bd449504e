import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again every `everyMs` milliseconds until the answer is yes.
 * @returns false when `limitMs` milliseconds passed first
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  limitMs: number,
  everyMs = 20,
): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await sleep(everyMs);
  }
  return true;
}
