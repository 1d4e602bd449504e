import { planGroups } from './groups.ts';
import type { Organisation } from './organisation.ts';
import { populate } from './population.ts';
import { createStaleness } from './staleness.ts';
import type { World } from './world.ts';

/** Room for accounts that tests invite. */
const spare = 10_000;

/** Makes the world of an organisation: the same organisation, number and time give the same world. */
export function createWorld(organisation: Organisation, users: number, startMs: number, now: () => number): World {
  const capacity = users + spare;
  const planned = planGroups(organisation, users, capacity);
  const world: World = {
    organisation, capacity, count: 0, version: 0,
    kind: new Uint8Array(capacity), accountStatus: new Uint8Array(capacity), managed: new Uint8Array(capacity),
    source: new Uint8Array(capacity), emailHidden: new Uint8Array(capacity),
    membership: organisation.directories.map(() => new Uint8Array(capacity)),
    addedToOrg: new Uint32Array(capacity),
    lastActive: organisation.resources.map(() => new Uint32Array(capacity)),
    groups: planned.map(({ group }) => group),
    directRoles: [], orgAdmins: new Set(), profiles: new Map(), deactivatedOn: new Map(), forDeletion: new Set(), deletedTokens: new Set(), vanished: new Set(),
    staleness: createStaleness(now),
  };
  populate(world, planned, users, Math.floor(startMs / 1000));
  return world;
}
