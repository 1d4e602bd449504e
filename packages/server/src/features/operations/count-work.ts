import { errorKinds } from '@rollcall/connectors/kit';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { WorkCounters } from '../../app/work-counters.ts';

/** What this node has done since it began: requests to vendors, and people of runs. */
export function countWork(registry: Registry): WorkCounters {
  const registers = [registry];
  const vendor = new Counter({ name: 'rollcall_vendor_requests_total', help: 'Requests to vendors: ok, or the kind of error.', registers, labelNames: ['operation', 'outcome'] });
  const took = new Histogram({ name: 'rollcall_vendor_request_duration_seconds', help: 'Time vendors took to answer.', registers, labelNames: ['lane'], buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
  const items = new Counter({ name: 'rollcall_run_items_total', help: 'People of runs that came to an end on this node, with the reason where there is one.', registers, labelNames: ['outcome', 'reason'] });
  // A counter that appears with its first failure shows no increase: Prometheus needs to have seen the 0.
  for (const outcome of ['verified', 'alreadySo', 'skipped', 'failed', 'uncertain']) items.inc({ outcome, reason: 'none' }, 0);
  for (const reason of [...errorKinds, 'notVerified']) items.inc({ outcome: 'failed', reason }, 0);
  for (const reason of ['answerLost', 'cannotVerify']) items.inc({ outcome: 'uncertain', reason }, 0);
  return {
    vendorRequest: ({ operation, lane, outcome, milliseconds }) => {
      vendor.inc({ operation, outcome });
      took.observe({ lane }, milliseconds / 1000);
    },
    runItemEnded: (outcome, reason) => { items.inc({ outcome, reason: reason ?? 'none' }); },
  };
}
