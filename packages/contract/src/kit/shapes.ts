import { parseCivilDate, parsePeriod } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { z } from 'zod';

/** Shapes that many routes share. */
export const uuid = z.uuid();
/** Ids of bulk rows: positive whole numbers. */
export const rowId = z.coerce.number().int().positive();
export const instant = z.iso.datetime({ offset: true });
export const civilDateText = z
  .string()
  .refine((text): text is CivilDate => parseCivilDate(text) !== null, { error: 'Not a day of the calendar: write it like 2026-03-31.' })
  .meta({ format: 'date' });
export const periodText = z
  .string()
  .refine((text) => parsePeriod(text) !== null, {
    error: 'Not a period: write this-month, last-3-months, last-6-months, last-9-months, last-1-year, last-2-years, 90d, 13w, 6m, 2y or 2026-01-01..2026-03-31.',
  })
  .meta({ examples: ['last-3-months', '90d', '2026-01-01..2026-03-31'] });
export const flag = z.stringbool();
export const cursor = z.string().max(2_000);
export const pageSize = z.coerce.number().int().min(1).max(500);
export const nothing = z.undefined();
/** The bytes of a download; what they are stands in the content type. */
export const fileBody = z.unknown();

/** A page of a list. `next` is null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: cursor.nullable() });
}
/** A sentence as a code with its values: screens translate it, the CLI prints `text`. */
export const sentence = z.object({ code: z.string(), text: z.string(), data: z.record(z.string(), z.unknown()).optional() });
export const progress = z.object({
  /** queued, reading, saving, checking … a code; `text` is the English sentence. */
  step: z.string(),
  text: z.string(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Seconds to the end, when it can be estimated. */
  secondsLeft: z.number().int().nullable(),
  facts: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});
