import { defineQueue } from '../../jobs/index.ts';
import { z } from 'zod';

/** Wakes the building of one plan. */
export const planQueue = defineQueue({ name: 'plan', payload: z.object({ planId: z.uuid() }), concurrency: 'parallel' });
