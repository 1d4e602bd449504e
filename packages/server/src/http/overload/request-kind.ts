import { routes } from '@rollcall/contract';
import type { Route } from '@rollcall/contract';

/**
 * What a request costs, which decides how many may be in work at once:
 * `light` reads a few rows; `heavy` counts or writes many; `slow` waits for others (downloads and uploads for the asker, tests and re-checks for the
 * vendor); `signIn` hashes passwords; `events` stays open.
 */
export const requestKinds = ['light', 'heavy', 'slow', 'signIn', 'events'] as const;
export type RequestKind = (typeof requestKinds)[number];

const heavy: ReadonlySet<Route> = new Set<Route>([
  routes.inventory.count, routes.inventory.totals, routes.inventory.values, routes.session.home,
  routes.plans.apply, routes.runs.undo, routes.audit.verify, routes.uploads.take,
]);
const asksVendor: ReadonlySet<Route> = new Set<Route>([routes.sources.testNew, routes.sources.test, routes.sources.create, routes.sources.change, routes.inventory.recheck, routes.runs.recheck]);

/** The kind of a route of the contract. */
export function kindOf(route: Route): RequestKind {
  if (route.answers === 'events') return 'events';
  if (route.answers === 'file' || route.takes === 'bytes' || asksVendor.has(route)) return 'slow';
  if (heavy.has(route)) return 'heavy';
  return route.access === 'open' ? 'signIn' : 'light';
}
