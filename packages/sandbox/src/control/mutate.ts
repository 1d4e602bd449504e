import type { OrgState, SandboxState } from '../http/call.ts';
import { groupById, indexOf } from '../world/world.ts';

/** A change of the world that no API client made: what people, other administrators and identity providers do meanwhile. */
export type Mutation =
  /** Uses an app now (or at the given time). */
  | { readonly kind: 'makeActive'; readonly accountId: string; readonly resourceId: string; readonly at?: string }
  | { readonly kind: 'makeOrgAdmin' | 'removeOrgAdmin'; readonly accountId: string }
  | { readonly kind: 'addToGroup' | 'removeFromGroup'; readonly accountId: string; readonly groupId: string }
  | { readonly kind: 'assignRole' | 'revokeRole'; readonly accountId: string; readonly resourceId: string; readonly role: string }
  | { readonly kind: 'suspend' | 'restore' | 'deactivate' | 'activate' | 'deleteUser'; readonly accountId: string }
  | { readonly kind: 'deleteGroup'; readonly groupId: string }
  | { readonly kind: 'rename'; readonly accountId: string; readonly name?: string; readonly email?: string }
  | { readonly kind: 'invite'; readonly email: string };

const cause = { operation: 'control', actor: 'control' };

/** The mutation names something that is not there. */
export class UnknownSubject extends Error {}

function account(org: OrgState, id: string): number {
  const index = indexOf(org.world, id);
  if (index === undefined) throw new UnknownSubject(`no account ${id}`);
  return index;
}

function group(org: OrgState, id: string): NonNullable<ReturnType<typeof groupById>> {
  const found = groupById(org.world, id);
  if (found === undefined) throw new UnknownSubject(`no group ${id}`);
  return found;
}

function setAll(org: OrgState, index: number, membership: 'active' | 'suspended'): boolean {
  const { world, changes } = org;
  const inside = world.organisation.directories.filter((directory) => world.membership[directory.index]?.[index] !== 0);
  return inside.map((directory) => changes.setMembership(cause, directory.index, index, membership)).includes(true);
}

function makeActive(org: OrgState, state: SandboxState, mutation: Mutation & { readonly kind: 'makeActive' }): boolean {
  const resource = org.world.organisation.resources.find((candidate) => candidate.ari === mutation.resourceId);
  if (resource === undefined) throw new UnknownSubject(`no resource ${mutation.resourceId}`);
  const at = mutation.at === undefined ? state.clock.now() : Date.parse(mutation.at);
  return org.changes.recordActivity(cause, resource.index, account(org, mutation.accountId), Math.floor(at / 1000));
}

function deleteUser(org: OrgState, index: number): boolean {
  const changed = org.world.organisation.directories.map((directory) => org.changes.removeUser(cause, directory.index, index)).includes(true);
  org.world.vanished.add(index);
  org.world.version += 1;
  return changed;
}

/** Applies a mutation; true when it changed anything. It stands in the journal under the actor `control`. Throws `UnknownSubject`. */
export function mutate(org: OrgState, state: SandboxState, mutation: Mutation): boolean {
  const { changes } = org;
  switch (mutation.kind) {
    case 'makeActive': return makeActive(org, state, mutation);
    case 'makeOrgAdmin':
    case 'removeOrgAdmin': return changes.setOrgAdmin(cause, account(org, mutation.accountId), mutation.kind === 'makeOrgAdmin');
    case 'addToGroup':
    case 'removeFromGroup': return changes.setMember(cause, group(org, mutation.groupId), account(org, mutation.accountId), mutation.kind === 'addToGroup');
    case 'assignRole':
    case 'revokeRole': return changes.setDirectRole(cause, mutation.resourceId, mutation.role, account(org, mutation.accountId), mutation.kind === 'assignRole');
    case 'suspend':
    case 'restore': return setAll(org, account(org, mutation.accountId), mutation.kind === 'suspend' ? 'suspended' : 'active');
    case 'deactivate':
    case 'activate': return changes.setAccountStatus(cause, account(org, mutation.accountId), mutation.kind === 'activate' ? 'active' : 'inactive');
    case 'deleteUser': return deleteUser(org, account(org, mutation.accountId));
    case 'deleteGroup': return changes.deleteGroup(cause, group(org, mutation.groupId));
    case 'rename': {
      const { name, email } = mutation;
      return changes.changeProfile(cause, account(org, mutation.accountId), { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) }, 'profileUpdated');
    }
    case 'invite': return changes.invite(cause, mutation.email) !== undefined;
    default: throw new UnknownSubject('unknown kind of mutation');
  }
}
