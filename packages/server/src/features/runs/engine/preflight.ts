import { callsNow } from './calls-now.ts';
import { driftOf, skipped } from './drift.ts';
import { placesOf } from './places.ts';
import type { Call, Observation } from '@rollcall/connectors/kit';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';

/** What the re-check before the first call came to: skip with a reason, or the calls to make. */
export type Preflight = { readonly skip: ItemEnd } | { readonly calls: readonly Call[] };

const taking = new Set<Call['verb']>(['removeFromGroup', 'revokeRole', 'suspendAccess', 'removeFromDirectory']);

/**
 * Compares what is so now with what the plan rests on (design.md section 1.2): whoever signed in, became an administrator, was exempted or was given
 * access since is skipped with the reason. Protections also hold for an undo that takes.
 */
export async function preflight(work: ItemWork, item: OpenItem, seen: Observation): Promise<Preflight> {
  if (seen.status === null) return { skip: skipped('accountGone') };
  if (seen.groups === null || seen.roles === null || seen.platformRoles === null) return { skip: { state: 'failed', reason: 'cannotRecheck', message: 'The vendor did not say which groups and roles this person holds now. Nothing was changed.' } };
  const places = await placesOf(work, item, seen);
  const drift = item.plannedCalls.some((call) => taking.has(call.verb)) ? await driftOf(work, item, seen, places) : null;
  return drift === null ? callsNow(work, item, seen, places) : { skip: drift };
}
