import { z } from 'zod';
import { defineQueue } from '../../jobs/index.ts';

/**
 * "Look at the runs of this source again", keyed by the source: one worker at a time changes a source, on all nodes together. Which runs there are, and how far, stands in
 * their rows.
 */
export const runQueue = defineQueue({ name: 'run', payload: z.object({ sourceId: z.uuid() }), concurrency: 'oneWaiting' });
