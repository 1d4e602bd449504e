/** A read that is refused because the server is busy is sent again this often, as late as the server asked for. */
const mostTries = 3;
/** Whoever waits for a screen or a command is told the truth rather than kept waiting for longer. */
const longestWaitSeconds = 10;

/**
 * Whether a read should be sent again, after waiting as long as the answer's Retry-After says. Only 503 and 429 that name whole seconds count: they come from
 * a server that did nothing for the request. `tries`: how often it was sent. Rejects with the signal's reason when it is aborted meanwhile.
 */
export async function comeAgain(answer: Response, tries: number, signal: AbortSignal | undefined): Promise<boolean> {
  const asked = answer.headers.get('retry-after');
  if (![429, 503].includes(answer.status) || asked === null || !/^\d+$/u.test(asked)) return false;
  if (tries >= mostTries || Number(asked) > longestWaitSeconds) return false;
  await answer.body?.cancel();
  await pause(Number(asked) * 1000, signal);
  return true;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = (): void => {
    clearTimeout(timer);
    reject(signal?.reason instanceof Error ? signal.reason : new Error('Stopped.'));
  };
  const timer = setTimeout(() => {
    signal?.removeEventListener('abort', leave);
    resolve();
  }, milliseconds);
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted === true) leave();
  return promise;
}
