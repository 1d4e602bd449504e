import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../app/dependencies.ts';

/** /healthz: this process answers. /readyz: and its database does. Both say nothing else to nobody in particular. */
export function registerHealth(server: FastifyInstance, deps: Pick<Dependencies, 'db'>): void {
  server.get('/healthz', { config: { name: 'healthz' } }, (_, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  server.get('/readyz', { config: { name: 'readyz' } }, async (_, reply) => {
    const ready = await sql`select 1`.execute(deps.db).then(() => true, () => false);
    return reply.header('cache-control', 'no-store').code(ready ? 200 : 503).send({ ok: ready });
  });
}
