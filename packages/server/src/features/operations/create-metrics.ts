import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Pool } from 'pg';
import type { WorkCounters } from '../../app/work-counters.ts';
import type { Admission } from '../../http/index.ts';
import { countWork } from './count-work.ts';
import { httpMetrics } from './http-metrics.ts';
import type { AnsweredRequest } from './http-metrics.ts';
import { poolMetrics } from './pool-metrics.ts';
import { readings } from './readings/index.ts';

export interface MetricsParts {
  readonly admission: Admission;
  /** By the name that stands in the metrics. */
  readonly pools: Readonly<Record<string, Pool>>;
  /** Answers the questions of /metrics: one of its own, so that a busy node is still seen. */
  readonly pool: Pool;
  readonly now: () => Date;
  readonly about: { readonly version: string; readonly role: string };
}

export interface Metrics {
  readonly counters: WorkCounters;
  readonly answered: (request: AnsweredRequest) => void;
  /** The page in Prometheus' text format. Never rejects because of the database: `rollcall_database_up` says so instead. */
  readonly page: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Several who scrape, or one that scrapes without pause, cost the database one look in this time. */
const keptMs = 5_000;

/** The metrics of one node, in a registry of their own. Labels come from closed lists: nobody and nothing of a customer is named. */
export function createMetrics({ admission, pools, pool, now, about }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'rollcall_build_info', help: 'Version and role of this node.', registers: [registry], labelNames: ['version', 'role'] }).set({ ...about }, 1);
  const up = new Gauge({ name: 'rollcall_database_up', help: '1 when the database answered the questions of this page; 0: the figures from it are of an earlier time.', registers: [registry] });
  poolMetrics(registry, pools);
  const answered = httpMetrics(registry, admission);
  const counters = countWork(registry);
  const asked = readings.map((make) => make(registry));
  const look = async (): Promise<void> => {
    const outcomes = await Promise.allSettled(asked.map((reading) => reading(pool)));
    up.set(outcomes.every(({ status }) => status === 'fulfilled') ? 1 : 0);
  };
  let last: { readonly at: number; readonly done: Promise<void> } | null = null;
  return {
    counters,
    answered,
    page: async () => {
      const at = now().getTime();
      if (last === null || Math.abs(at - last.at) >= keptMs) last = { at, done: look() };
      await last.done;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
