import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from './host-check.ts';
import { RequestProblem } from '../app/problem.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface MetricsPage {
  readonly page: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Told of every answer but event streams; `route` is a template. */
  readonly answered: (request: { readonly route: string; readonly method: string; readonly status: number; readonly seconds: number }) => void;
  /** Undefined: only this machine itself may read. */
  readonly token: string | undefined;
  /** Something says that a proxy stands in front: then "from this machine" can be anybody. */
  readonly behindProxy: boolean;
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** /metrics for Prometheus. The figures name nobody, but how much goes on is nobody's business either. */
export function registerMetrics(server: FastifyInstance, metrics: MetricsPage): void {
  server.get('/metrics', { config: { name: 'metrics' } }, async (request, reply) => {
    assertMayRead(request, metrics);
    const { contentType, text } = await metrics.page();
    return reply.header('cache-control', 'no-store').header('content-type', contentType).send(text);
  });
}

function assertMayRead(request: FastifyRequest, { token, behindProxy }: MetricsPage): void {
  if (token !== undefined) {
    if (sameText(request.headers.authorization ?? '', `Bearer ${token}`)) return;
    throw new RequestProblem({ code: 'signInNeeded', title: 'Token needed', detail: 'Send the token of ROLLCALL_METRICS_TOKEN as "Authorization: Bearer …".' });
  }
  const { remoteAddress } = request.raw.socket;
  const direct = remoteAddress !== undefined && isLoopback(remoteAddress.replace(/^::ffff:/u, '')) && forwarding.every((name) => request.headers[name] === undefined);
  if (direct && !behindProxy) return;
  throw new RequestProblem({ code: 'forbidden', title: 'Not from here', detail: 'The metrics are read from this machine itself, without a proxy between. For all else set ROLLCALL_METRICS_TOKEN and send it as "Authorization: Bearer …".' });
}

/** Takes the same time whatever differs. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
