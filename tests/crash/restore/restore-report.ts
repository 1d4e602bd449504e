import { z } from 'zod';

const place = z.object({ side: z.enum(['before', 'after']), nth: z.number().int().min(1) });

/** Where a restore stands still: before its nth COMMIT is sent, or after it was confirmed. Null: nowhere. */
export const restoreStop = place.nullable();
export type RestoreStop = z.output<typeof restoreStop>;

/** What a restore tells: lines of JSON. `begun`: it makes its first schema; `committed` counts the commits that the database has confirmed. */
export const restoreReport = z.union([z.object({ reached: place }), z.object({ begun: z.literal(true) }), z.object({ committed: z.number().int() })]);
export type RestoreReport = z.output<typeof restoreReport>;
