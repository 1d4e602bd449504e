import { z } from 'zod';

const rowId = z.int().min(1);

/** Apps whose access is meant; with a query the plan acts on the accesses that it matched. */
export const appParams = z.strictObject({
  resourceIds: z
    .array(rowId)
    .max(100)
    .optional()
    .meta({ title: 'Apps', description: 'The apps, each on its site. Left out: the app accesses that the query matched' }),
});

export const groupParams = z.strictObject({
  groupIds: z.array(rowId).min(1).max(100).meta({ title: 'Groups', description: 'The groups of the inventory' }),
});

export const noParams = z.strictObject({});
