import type { OrgState } from '../../http/call.ts';
import { seatRoles } from '../../world/reader.ts';

const cache = new WeakMap<OrgState, Map<string, { readonly version: number; readonly used: number }>>();

/** Seats taken on a resource: accounts that hold a seat-taking role and are not suspended, deactivated or apps. Kept until the next change. */
export function seatsUsed(org: OrgState, resource: string): number {
  const known = cache.get(org) ?? new Map<string, { readonly version: number; readonly used: number }>();
  cache.set(org, known);
  const entry = known.get(resource);
  if (entry?.version === org.world.version) return entry.used;
  let used = 0;
  for (let index = 0; index < org.world.count; index += 1) {
    if ((org.world.kind[index] ?? 0) < 2 && org.truth.hasAccess(resource, index) && org.truth.status(index) === 'active') used += 1;
  }
  known.set(resource, { version: org.world.version, used });
  return used;
}

const taken = new WeakMap<OrgState, Map<string, number>>();

/** From now on each app has as many seats as are in use. */
export function takeSeats(org: OrgState): void {
  taken.set(org, new Map(org.world.organisation.resources.map((resource) => [resource.ari, seatsUsed(org, resource.ari)])));
}

/** Whether giving this account these roles would need a seat that is not there. */
export function exceedsSeats(org: OrgState, index: number, grants: readonly { readonly resource: string; readonly role: string }[]): boolean {
  return grants.some(({ resource, role }) => {
    const limit = taken.get(org)?.get(resource) ?? org.world.organisation.resources.find((candidate) => candidate.ari === resource)?.seats;
    return limit !== undefined && seatRoles.has(role) && !org.truth.hasAccess(resource, index) && seatsUsed(org, resource) >= limit;
  });
}
