/** Resolves when the program is asked to end. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  signal.addEventListener('abort', () => { resolve(undefined); }, { once: true });
  await promise;
}
