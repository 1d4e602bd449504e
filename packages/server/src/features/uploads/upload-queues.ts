import { defineQueue } from '../../jobs/index.ts';
import { z } from 'zod';

/** Reads a file that has arrived, to say what it is before it is taken. */
export const previewQueue = defineQueue({ name: 'upload.preview', payload: z.object({ uploadId: z.uuid() }), concurrency: 'oneAtATime', retryLimit: 3 });
