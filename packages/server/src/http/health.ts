import type { FastifyInstance } from 'fastify';

/** Why a node should get no requests. `database`: it cannot be reached; `schema`: it lacks tables that this program needs; `stopping`: it is about to end. */
export type Unready = 'database' | 'schema' | 'stopping';

/** Looks whether this node can do what it is asked for. Never rejects, and answers within a few seconds whatever hangs. */
export type CheckReadiness = () => Promise<Unready | null>;

/**
 * /healthz: this process answers (restart it when not). /readyz: send it requests; 503 while it stops, so that a proxy takes it out before it closes.
 * Neither says anything about anybody, so neither asks who you are.
 */
export function registerHealth(server: FastifyInstance, check: CheckReadiness, isStopping: () => boolean): void {
  server.get('/healthz', { config: { name: 'healthz' } }, (_, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  server.get('/readyz', { config: { name: 'readyz' } }, async (_, reply) => {
    const unready = isStopping() ? 'stopping' : await check();
    void reply.header('cache-control', 'no-store');
    return unready === null ? reply.send({ ok: true }) : reply.code(503).header('retry-after', '2').send({ ok: false, reason: unready });
  });
}
