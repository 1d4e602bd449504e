/** Reads the first value before anything is answered, so that a failure at the start is answered as a problem and not as a broken stream. */
export async function primed<T>(values: AsyncIterable<T>): Promise<AsyncGenerator<T, void>> {
  const iterator = values[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* rest() {
    try {
      for (let step = first; step.done !== true; step = await iterator.next()) yield step.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
