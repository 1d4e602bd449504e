import { defineQueue } from '../../jobs/index.ts';
import { z } from 'zod';

/** Wakes the work on one sync; keyed by its source, so that a source is never read twice at once. */
export const syncQueue = defineQueue({ name: 'sync', payload: z.object({ syncId: z.uuid() }), concurrency: 'oneAtATime' });
