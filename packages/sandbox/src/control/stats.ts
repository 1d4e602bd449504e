import type { OrgState, SandboxState } from '../http/call.ts';
import type { RateStats } from '../http/rate-limit.ts';

/** Counts of one resource over accounts that are active and hold a seat-taking role. */
export type ResourceStats = { readonly resourceId: string; readonly site: string; readonly app: string; readonly withAccess: number; readonly inactive90Days: number; readonly neverAccessed: number };

export type Stats = {
  readonly accounts: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly groups: number;
  readonly resources: readonly ResourceStats[];
  readonly requests: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, RateStats>>;
  readonly journal: number;
};

/** Counts the world (walks every account) and the requests so far. */
export function statsOf(state: SandboxState, org: OrgState): Stats {
  const { truth, world } = org;
  const byStatus: Record<string, number> = {};
  const edge = Math.floor(state.clock.now() / 86_400_000) * 86_400 - 90 * 86_400;
  const tally = world.organisation.resources.map((resource) => ({ resource, withAccess: 0, inactive90Days: 0, neverAccessed: 0 }));
  for (let index = 0; index < world.count; index += 1) {
    const status = truth.status(index);
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (status !== 'active') continue;
    for (const line of tally) {
      if (!truth.hasAccess(line.resource.ari, index)) continue;
      const at = truth.lastActive(line.resource.index, index);
      line.withAccess += 1;
      if (at === 0) line.neverAccessed += 1;
      else if (at < edge) line.inactive90Days += 1;
    }
  }
  return {
    accounts: world.count - world.vanished.size, byStatus, groups: world.groups.filter((group) => !group.deleted).length,
    resources: tally.map(({ resource, ...counts }) => ({ resourceId: resource.ari, site: resource.site.name, app: resource.app.key, ...counts })),
    requests: Object.fromEntries(state.counts), rates: state.limiter.stats(), journal: state.journal.length,
  };
}
