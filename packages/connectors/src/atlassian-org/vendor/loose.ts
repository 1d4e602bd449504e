import { z } from 'zod';

/** Absent keys are allowed. */
const anything = z.unknown().optional();

/**
 * Members that may be absent, null or of another type than we know: then null. They never fail the row. One check and no nested
 * schemas, since a large organisation has tens of millions of them.
 */
export const text = anything.transform((value) => (typeof value === 'string' ? value : null));
export const flag = anything.transform((value) => (typeof value === 'boolean' ? value : null));
export const count = anything.transform((value) => (typeof value === 'number' ? value : null));
/** An instant as ISO text or milliseconds since 1970. */
export const instant = anything.transform((value) => (typeof value === 'string' || typeof value === 'number' ? value : null));
/** As `instant`; null and absent stay apart: null says "never", absent says nothing. */
export const instantOrNever = anything.transform((value) => (value === null || typeof value === 'string' || typeof value === 'number' ? value : undefined));
export const id = z.string().min(1);

/** A list whose broken entries are left out; null when there is no list at all, which is not the same as an empty one. */
export function listOf<Item>(item: z.ZodType<Item>) {
  return anything.transform((rows): readonly Item[] | null => {
    if (!Array.isArray(rows)) return null;
    const items: Item[] = [];
    for (const row of rows) {
      const parsed = item.safeParse(row);
      if (parsed.success) items.push(parsed.data);
    }
    return items;
  });
}

/** An object with the given members; null when there is none. */
export function partOf<Part>(part: z.ZodType<Part>) {
  return anything.transform((value): Part | null => {
    const parsed = part.safeParse(value);
    return parsed.success ? parsed.data : null;
  });
}

export const texts = anything.transform((rows): readonly string[] | null => (Array.isArray(rows) ? rows.filter((row): row is string => typeof row === 'string') : null));
