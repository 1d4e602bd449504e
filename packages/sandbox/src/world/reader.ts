import type { Group } from './groups.ts';
import { accountStatuses, kinds, memberships } from './world.ts';
import type { AccountStatus, Membership, World } from './world.ts';

/** Roles that take a seat of the app. Guests, portal customers, access administrators and the like do not. */
export const seatRoles: ReadonlySet<string> = new Set(['atlassian/user', 'atlassian/admin']);

export type RoleMethod = 'direct' | 'group_direct' | 'inferred';
export type HeldRole = { readonly role: string; readonly methods: readonly RoleMethod[] };
export type CompositeStatus = 'active' | 'suspended' | 'not_invited' | 'deactivated' | 'for_deletion';

/** Reads of a world. One reader tells the truth, the other what the API shows while writes are still spreading. */
export type Reader = {
  readonly world: World;
  isMember(group: Group, index: number): boolean;
  membership(directory: number, index: number): Membership;
  holdsDirectly(resource: string, role: string, index: number): boolean;
  /** Epoch seconds, 0: never. */
  lastActive(resource: number, index: number): number;
  accountStatus(index: number): AccountStatus;
  groupsOf(index: number): Group[];
  /** Roles an account holds on a resource, with the ways it holds them. */
  rolesOn(resource: string, index: number): HeldRole[];
  /** Whether a seat-taking role is held on the resource, be the account suspended or not. */
  hasAccess(resource: string, index: number): boolean;
  platformRoles(index: number): string[];
  /** Membership over all directories: suspended only when suspended in each one it is in. */
  overallMembership(index: number): Membership;
  status(index: number): CompositeStatus;
  isVisibleGroup(group: Group): boolean;
};

type Shown = (key: () => string, actual: number) => number;

function siteAdminOf(reader: Reader, platformAri: string, index: number): boolean {
  if (reader.holdsDirectly(platformAri, 'atlassian/site-admin', index)) return true;
  return reader.world.groups.some((group) => group.grants.some((grant) => grant.resource === platformAri) && reader.isMember(group, index));
}

function collectRoles(reader: Reader, resource: string, index: number): HeldRole[] {
  const { world } = reader;
  const found = new Map<string, Set<RoleMethod>>();
  const add = (role: string, method: RoleMethod): void => {
    const methods = found.get(role);
    if (methods === undefined) found.set(role, new Set([method]));
    else methods.add(method);
  };
  for (const entry of world.directRoles) {
    if (entry.resource === resource && reader.holdsDirectly(resource, entry.role, index)) add(entry.role, 'direct');
  }
  for (const group of world.groups) {
    for (const grant of group.grants) if (grant.resource === resource && reader.isMember(group, index)) add(grant.role, 'group_direct');
  }
  const app = world.organisation.resources.find((candidate) => candidate.ari === resource);
  if (app !== undefined && (world.orgAdmins.has(index) || siteAdminOf(reader, app.site.platformAri, index))) add('atlassian/user-access-admin', 'inferred');
  return [...found].map(([role, methods]) => ({ role, methods: [...methods] }));
}

type SeatPaths = { readonly version: number; readonly groups: readonly Group[]; readonly roles: readonly string[] };

/** The groups and direct roles that give a seat on a resource, found anew after each change of the world. */
function seatPathsOf(world: World): (resource: string) => SeatPaths {
  const known = new Map<string, SeatPaths>();
  return (resource) => {
    const kept = known.get(resource);
    if (kept?.version === world.version) return kept;
    const found: SeatPaths = {
      version: world.version,
      groups: world.groups.filter((group) => group.grants.some((grant) => grant.resource === resource && seatRoles.has(grant.role))),
      roles: world.directRoles.filter((entry) => entry.resource === resource && seatRoles.has(entry.role)).map((entry) => entry.role),
    };
    known.set(resource, found);
    return found;
  };
}

function createReader(world: World, shown: Shown, now: () => number): Reader {
  const seatPaths = seatPathsOf(world);
  const reader: Reader = {
    world,
    isMember: (group, index) => !group.deleted && shown(() => `member ${group.id} ${index}`, group.members.has(index) ? 1 : 0) === 1,
    membership: (directory, index) => memberships[shown(() => `membership ${directory} ${index}`, world.membership[directory]?.[index] ?? 0)] ?? 'no_membership',
    holdsDirectly(resource, role, index) {
      const entry = world.directRoles.find((candidate) => candidate.resource === resource && candidate.role === role);
      return shown(() => `role ${resource} ${role} ${index}`, entry?.members.has(index) === true ? 1 : 0) === 1;
    },
    lastActive: (resource, index) => shown(() => `active ${resource} ${index}`, world.lastActive[resource]?.[index] ?? 0),
    accountStatus: (index) => accountStatuses[shown(() => `account ${index}`, world.accountStatus[index] ?? 0)] ?? 'active',
    groupsOf: (index) => world.groups.filter((group) => reader.isMember(group, index)),
    rolesOn: (resource, index) => collectRoles(reader, resource, index),
    hasAccess(resource, index) {
      const paths = seatPaths(resource);
      return paths.groups.some((group) => reader.isMember(group, index)) || paths.roles.some((role) => reader.holdsDirectly(resource, role, index));
    },
    platformRoles(index) {
      const roles = world.orgAdmins.has(index) ? ['atlassian/org-admin'] : [];
      if (world.organisation.sites.some((site) => siteAdminOf(reader, site.platformAri, index))) roles.push('atlassian/site-admin');
      return roles;
    },
    overallMembership(index) {
      const held = world.organisation.directories.map((directory) => reader.membership(directory.index, index)).filter((state) => state !== 'no_membership');
      if (held.length === 0) return 'no_membership';
      return held.every((state) => state === 'suspended') ? 'suspended' : 'active';
    },
    status(index) {
      if (world.forDeletion.has(index)) return 'for_deletion';
      if (reader.accountStatus(index) !== 'active') return 'deactivated';
      const membership = reader.overallMembership(index);
      return membership === 'no_membership' ? 'not_invited' : membership;
    },
    isVisibleGroup: (group) => !group.deleted && group.visibleFrom <= now(),
  };
  return reader;
}

/** What the API shows. */
export function createApiReader(world: World, now: () => number): Reader {
  return createReader(world, (key, actual) => world.staleness.shown(key, actual), now);
}

/** What is true. */
export function createTruthReader(world: World): Reader {
  return createReader(world, (_key, actual) => actual, () => Number.POSITIVE_INFINITY);
}

/** Account type in the API: service accounts are ordinary accounts there. */
export function accountTypeOf(world: World, index: number): 'atlassian' | 'app' | 'customer' {
  const kind = kinds[world.kind[index] ?? 0] ?? 'person';
  return kind === 'app' || kind === 'customer' ? kind : 'atlassian';
}
