/** Every item of a list that comes in pages, at most `limit`. */
export async function* allItems<T>(page: (after: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<T> {
  let given = 0;
  let after: string | undefined;
  for (;;) {
    const { items, next } = await page(after);
    for (const item of items) {
      if (given >= limit) return;
      given += 1;
      yield item;
    }
    if (next === null) return;
    after = next;
  }
}
