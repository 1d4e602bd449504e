import { z } from 'zod';

/** A member that may be absent, null or of another type than we know: then null. Never fails the row. */
export const text = z.string().nullish().catch(null).transform((value) => value ?? null);
export const flag = z.boolean().nullish().catch(null).transform((value) => value ?? null);
export const count = z.number().nullish().catch(null).transform((value) => value ?? null);
/** An instant as ISO text or milliseconds since 1970. */
export const instant = z.union([z.string(), z.number()]).nullish().catch(null).transform((value) => value ?? null);
export const id = z.string().min(1);

/** A list whose broken entries are left out; null when there is no list at all, which is not the same as an empty one. */
export function listOf<Item>(item: z.ZodType<Item>): z.ZodType<readonly Item[] | null> {
  return z.array(z.unknown()).nullish().catch(null).transform((rows) => rows?.flatMap((row) => {
    const parsed = item.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  }) ?? null);
}

export const texts = listOf(z.string());
