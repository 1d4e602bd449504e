import type { FastifyRequest } from 'fastify';

/** Longer than a statement of a request may take, so that nobody is cut off while the database works. */
const longestSilenceMs = 180_000;

/** A connection over which nothing goes for this long, in either direction, is closed: who sends or reads a file and fell asleep would keep its place for ever. */
export function limitSilence(request: FastifyRequest): void {
  request.raw.socket.setTimeout(longestSilenceMs);
}
