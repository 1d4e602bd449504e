import type { FastifyReply } from 'fastify';
import type { Admission } from './admission.ts';
import type { RequestKind } from './request-kind.ts';

/** Takes a place for a request before anything is done for it, the question who asks included, and gives it back when its answer has ended. */
export async function takePlace(admission: Admission, kind: RequestKind, reply: FastifyReply): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => { gone.abort(new Error('The asker left.')); });
  const release = await admission.enter(kind, gone.signal);
  if (gone.signal.aborted) release();
  else reply.raw.once('close', release);
}
