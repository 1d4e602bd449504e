import { setTimeout as wait } from 'node:timers/promises';

type Absent = false | null | undefined;
function isThere<T>(answer: T): answer is Exclude<T, Absent> {
  return answer !== false && answer !== null && answer !== undefined;
}

/** Asks until the answer is not false, null or undefined, and gives it back. Fails with the name of what did not come to be. */
export async function until<T>(what: string, ask: () => Promise<T>, limitMs = 100_000): Promise<Exclude<T, Absent>> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > giveUpAt) throw new Error(`It did not come to this: ${what}.`);
    await wait(100);
  }
}
