import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { refusalReasons } from '../../http/index.ts';
import type { Admission, KindCounts } from '../../http/index.ts';

/** One answered request; `route` is a template, never an address. */
export interface AnsweredRequest {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/** Requests by route, what is in work and waits, and what was refused. */
export function httpMetrics(registry: Registry, admission: Admission): (answered: AnsweredRequest) => void {
  const registers = [registry];
  const duration = new Histogram({
    name: 'rollcall_http_request_duration_seconds', help: 'Time from a request to the end of its answer; event streams are left out.', registers,
    labelNames: ['route', 'method', 'status'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const gaugeOf = (name: string, help: string, count: (counts: KindCounts) => number): void => {
    const gauge = new Gauge({ name, help, registers, labelNames: ['kind'], collect: () => { for (const [kind, counts] of admission.counts) gauge.set({ kind }, count(counts)); } });
  };
  gaugeOf('rollcall_http_requests_in_work', 'Requests in work.', ({ inWork }) => inWork);
  gaugeOf('rollcall_http_requests_waiting', 'Requests that wait for a place.', ({ waiting }) => waiting);
  const refused = new Counter({
    name: 'rollcall_http_requests_refused_total', help: 'Requests answered 503 because too many were in work: full (none may wait any more), late (waited too long) or lag (the whole node is behind).', registers, labelNames: ['kind', 'reason'],
    collect: () => {
      refused.reset();
      for (const [kind, counts] of admission.counts) for (const reason of refusalReasons) refused.inc({ kind, reason }, counts.refused[reason]);
    },
  });
  return ({ route, method, status, seconds }) => { duration.observe({ route, method, status: String(status) }, seconds); };
}
