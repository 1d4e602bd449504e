import type { Clock } from '../clock.ts';
import type { EffectName, Journal, Subject } from '../journal.ts';
import type { Settings } from '../options.ts';
import { Bitset } from './bitset.ts';
import type { Grant, Group } from './groups.ts';
import { uuid } from './random.ts';
import { accountId, accountStatuses, directRole, memberships, profileOf } from './world.ts';
import type { AccountStatus, Membership, ProfileChange, World } from './world.ts';

/** Who changes the world and by which request. */
export type Cause = { readonly operation: string; readonly actor: string; readonly request?: number };

/**
 * Every way the world can change. Each change leaves one `effect` in the journal, or one `noEffect` when it was so already,
 * and returns whether anything changed.
 */
export type Changes = {
  setMember(cause: Cause, group: Group, index: number, present: boolean): boolean;
  setDirectRole(cause: Cause, resource: string, role: string, index: number, present: boolean): boolean;
  setOrgAdmin(cause: Cause, index: number, present: boolean): boolean;
  setMembership(cause: Cause, directory: number, index: number, membership: Membership): boolean;
  /** Out of the directory, its groups, and (when it was the last directory) the direct roles. */
  removeUser(cause: Cause, directory: number, index: number): boolean;
  setAccountStatus(cause: Cause, index: number, status: AccountStatus): boolean;
  setForDeletion(cause: Cause, index: number, scheduled: boolean): boolean;
  changeProfile(cause: Cause, index: number, change: ProfileChange, effect: 'profileUpdated' | 'emailSet'): boolean;
  createGroup(cause: Cause, directory: number, name: string, description: string): Group;
  deleteGroup(cause: Cause, group: Group): boolean;
  setGroupGrant(cause: Cause, group: Group, grant: Grant, present: boolean): boolean;
  /** Makes an account with this address and returns its index, or undefined when the sandbox has no room left. */
  invite(cause: Cause, email: string): number | undefined;
  recordActivity(cause: Cause, resource: number, index: number, epochSeconds: number): boolean;
  deleteToken(cause: Cause, index: number, tokenId: string): boolean;
};

type Note = (cause: Cause, effect: EffectName, subject: Subject, before: unknown, after: unknown, changed: boolean) => boolean;

function noteOf(world: World, journal: Journal): Note {
  return (cause, effect, subject, before, after, changed) => {
    if (changed) world.version += 1;
    journal.append({ ...cause, type: changed ? 'effect' : 'noEffect', effect, orgId: world.organisation.id, ...subject, before, after });
    return changed;
  };
}

function roleChanges(world: World, note: Note, delay: Settings): Pick<Changes, 'setMember' | 'setDirectRole' | 'setOrgAdmin' | 'setGroupGrant'> {
  return {
    setMember(cause, group, index, present) {
      const changed = group.members.set(index, present);
      if (changed) world.staleness.remember(`member ${group.id} ${index}`, present ? 0 : 1, delay.consistencyDelayMs);
      const before = changed ? !present : present;
      return note(cause, present ? 'membershipAdded' : 'membershipRemoved', { accountId: accountId(world, index), groupId: group.id }, { member: before }, { member: present }, changed);
    },
    setDirectRole(cause, resource, role, index, present) {
      const changed = directRole(world, resource, role).members.set(index, present);
      if (changed) world.staleness.remember(`role ${resource} ${role} ${index}`, present ? 0 : 1, delay.roleConsistencyDelayMs);
      return note(cause, present ? 'roleAssigned' : 'roleRevoked', { accountId: accountId(world, index), resourceId: resource, role }, { held: changed ? !present : present }, { held: present }, changed);
    },
    setOrgAdmin(cause, index, present) {
      const changed = world.orgAdmins.has(index) !== present;
      if (present) world.orgAdmins.add(index);
      else world.orgAdmins.delete(index);
      return note(cause, present ? 'orgRoleAssigned' : 'orgRoleRevoked', { accountId: accountId(world, index), role: 'atlassian/org-admin' }, { held: changed ? !present : present }, { held: present }, changed);
    },
    setGroupGrant(cause, group, grant, present) {
      const before = group.grants;
      const had = before.some((held) => held.resource === grant.resource && held.role === grant.role);
      if (had !== present) group.grants = present ? [...before, grant] : before.filter((held) => held.resource !== grant.resource || held.role !== grant.role);
      return note(cause, present ? 'groupRoleAssigned' : 'groupRoleRevoked', { groupId: group.id, resourceId: grant.resource, role: grant.role }, before, group.grants, had !== present);
    },
  };
}

function accountChanges(world: World, note: Note, clock: Clock, settings: Settings): Pick<Changes, 'setMembership' | 'removeUser' | 'setAccountStatus' | 'setForDeletion' | 'changeProfile' | 'deleteToken'> {
  const about = (index: number): { accountId: string } => ({ accountId: accountId(world, index) });
  const putMembership = (directory: number, index: number, membership: Membership): number => {
    const list = world.membership[directory];
    const before = list?.[index] ?? 0;
    const wanted = memberships.indexOf(membership);
    if (list !== undefined && before !== wanted) {
      list[index] = wanted;
      world.staleness.remember(`membership ${directory} ${index}`, before, settings.consistencyDelayMs);
    }
    return before;
  };
  return {
    setMembership(cause, directory, index, membership) {
      const before = memberships[putMembership(directory, index, membership)];
      const effect = membership === 'suspended' ? 'accessSuspended' : membership === 'active' ? 'accessRestored' : 'userRemoved';
      return note(cause, effect, { ...about(index), directoryId: world.organisation.directories[directory]?.id ?? '' }, { membership: before }, { membership }, before !== membership);
    },
    removeUser(cause, directory, index) {
      const groups = world.groups.filter((group) => group.directory === directory && group.members.has(index));
      const last = world.membership.every((list, other) => other === directory || list[index] === 0);
      const roles = last ? world.directRoles.filter((entry) => entry.members.has(index)) : [];
      const before = memberships[putMembership(directory, index, 'no_membership')];
      for (const group of groups) group.members.set(index, false);
      for (const role of roles) role.members.set(index, false);
      const held = { membership: before, groups: groups.map((group) => group.id), roles: roles.map(({ resource, role }) => ({ resource, role })) };
      return note(cause, 'userRemoved', { ...about(index), directoryId: world.organisation.directories[directory]?.id ?? '' }, held, { membership: 'no_membership', groups: [], roles: [] }, before !== 'no_membership');
    },
    setAccountStatus(cause, index, status) {
      const before = world.accountStatus[index] ?? 0;
      const wanted = accountStatuses.indexOf(status);
      world.accountStatus[index] = wanted;
      if (before !== wanted) world.staleness.remember(`account ${index}`, before, settings.consistencyDelayMs);
      if (status === 'active') world.deactivatedOn.delete(index);
      else if (before !== wanted) world.deactivatedOn.set(index, Math.floor(clock.now() / 1000));
      return note(cause, status === 'active' ? 'accountEnabled' : 'accountDisabled', about(index), { accountStatus: accountStatuses[before] }, { accountStatus: status }, before !== wanted);
    },
    setForDeletion(cause, index, scheduled) {
      const before = world.forDeletion.has(index);
      if (scheduled) world.forDeletion.add(index);
      else world.forDeletion.delete(index);
      return note(cause, scheduled ? 'accountDeletionScheduled' : 'accountDeletionCancelled', about(index), { forDeletion: before }, { forDeletion: scheduled }, before !== scheduled);
    },
    changeProfile(cause, index, change, effect) {
      const before = profileOf(world, index);
      world.profiles.set(index, { ...world.profiles.get(index), ...change });
      const after = profileOf(world, index);
      return note(cause, effect, about(index), before, after, JSON.stringify(before) !== JSON.stringify(after));
    },
    deleteToken(cause, index, tokenId) {
      const gone = world.deletedTokens.has(tokenId);
      world.deletedTokens.add(tokenId);
      return note(cause, 'apiTokenDeleted', about(index), { exists: !gone }, { exists: false }, !gone);
    },
  };
}

function populationChanges(world: World, note: Note, clock: Clock, settings: Settings): Pick<Changes, 'createGroup' | 'deleteGroup' | 'invite' | 'recordActivity'> {
  return {
    createGroup(cause, directory, name, description) {
      const group: Group = {
        id: uuid(world.organisation.seed, world.groups.length, 110), name, description, directory, managedBy: 'admins', external: false, isDefault: false,
        members: new Bitset(world.capacity), grants: [], deleted: false, visibleFrom: clock.now() + settings.consistencyDelayMs,
      };
      world.groups.push(group);
      note(cause, 'groupCreated', { groupId: group.id, directoryId: world.organisation.directories[directory]?.id ?? '' }, null, { name }, true);
      return group;
    },
    deleteGroup(cause, group) {
      const before = { name: group.name, members: group.members.size, grants: group.grants };
      const changed = !group.deleted;
      group.deleted = true;
      return note(cause, 'groupDeleted', { groupId: group.id }, before, null, changed);
    },
    invite(cause, email) {
      const index = world.count;
      if (index >= world.capacity) return undefined;
      world.count += 1;
      const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
      const now = Math.floor(clock.now() / 1000);
      world.managed[index] = world.organisation.verifiedDomains.includes(domain) ? 1 : 0;
      world.source[index] = 1;
      world.addedToOrg[index] = now;
      world.profiles.set(index, { email, name: email.slice(0, email.lastIndexOf('@')) });
      const list = world.membership[0];
      if (list !== undefined) list[index] = 1;
      note(cause, 'userInvited', { accountId: accountId(world, index) }, null, { email }, true);
      return index;
    },
    recordActivity(cause, resource, index, epochSeconds) {
      const series = world.lastActive[resource];
      const before = series?.[index] ?? 0;
      if (series !== undefined) series[index] = epochSeconds;
      if (before !== epochSeconds) world.staleness.remember(`active ${resource} ${index}`, before, settings.activityDelayMs);
      return note(cause, 'activityRecorded', { accountId: accountId(world, index), resourceId: world.organisation.resources[resource]?.ari ?? '' }, { lastActive: before }, { lastActive: epochSeconds }, before !== epochSeconds);
    },
  };
}

/** The changes of one organisation's world. */
export function createChanges(world: World, journal: Journal, clock: Clock, settings: Settings): Changes {
  const note = noteOf(world, journal);
  return { ...roleChanges(world, note, settings), ...accountChanges(world, note, clock, settings), ...populationChanges(world, note, clock, settings) };
}
