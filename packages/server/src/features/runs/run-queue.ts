import { defineQueue } from '../../jobs/index.ts';
import { z } from 'zod';

/** Wakes the work on one run; keyed by its source, so that a source is changed by one worker at a time. */
export const runQueue = defineQueue({ name: 'run', payload: z.object({ runId: z.uuid() }), concurrency: 'oneAtATime' });
