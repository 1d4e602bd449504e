import type { OrgCall } from '../../http/call.ts';
import { accountTypeOf } from '../../world/reader.ts';
import { accountId, managementSources, profileOf } from '../../world/world.ts';
import { mfaEnabled } from './user-filter.ts';

function iso(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

/** The account as the detail endpoint shows it. */
export function renderDetails(call: OrgCall, index: number): Readonly<Record<string, unknown>> {
  const { world, reader } = call.org;
  const profile = profileOf(world, index);
  const id = accountId(world, index);
  const type = accountTypeOf(world, index);
  const deactivated = world.deactivatedOn.get(index);
  return {
    accountId: id,
    accountType: type,
    status: reader.status(index),
    accountStatus: reader.accountStatus(index),
    membershipStatus: reader.overallMembership(index),
    addedToOrg: iso(world.addedToOrg[index] ?? 0),
    name: profile.name,
    nickname: profile.nickname,
    ...(profile.email === undefined ? {} : { email: profile.email, emailVerified: profile.emailVerified }),
    claimStatus: world.managed[index] === 1 ? 'managed' : 'unmanaged',
    picture: `https://avatar.example/${id}`,
    avatar: `https://avatar.example/${id}`,
    managementSource: managementSources[world.source[index] ?? 0] ?? null,
    mfaEnabled: mfaEnabled(world.organisation.seed, index),
    ...(type === 'atlassian' ? { jobTitle: profile.jobTitle, department: profile.department, location: profile.location } : {}),
    organization: profile.organization,
    timeZone: profile.timeZone,
    deactivatedOn: deactivated === undefined ? null : iso(deactivated),
  };
}

function productAccess(call: OrgCall, index: number): readonly Readonly<Record<string, string | null>>[] {
  const { world, reader } = call.org;
  return world.organisation.resources.flatMap((resource) => {
    const at = reader.lastActive(resource.index, index);
    if ((at === 0 && call.state.settings.neverActive === 'omit') || !reader.hasAccess(resource.ari, index)) return [];
    const given = at === 0 ? (call.state.settings.neverActive === 'nullTimestamp' ? { lastActiveTimestamp: null } : {}) : { lastActiveTimestamp: iso(at) };
    return [{ key: resource.app.productAccessKey, id: resource.ari, ...given }];
  });
}

function visibleGroups(call: OrgCall, index: number): readonly unknown[] {
  const { reader } = call.org;
  return reader.groupsOf(index).filter((group) => reader.isVisibleGroup(group)).map(({ id, name, description }) => ({ id, name, description }));
}

/** The account as the search shows it, with the wanted expands. */
export function renderUser(call: OrgCall, index: number, expand: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { world, reader } = call.org;
  const { settings } = call.state;
  return {
    ...renderDetails(call, index),
    ...(expand.has('platformRoles') ? { platformRoles: reader.platformRoles(index) } : {}),
    ...(expand.has('counts.resources') ? { counts: { resources: world.organisation.resources.filter((resource) => reader.rolesOn(resource.ari, index).length > 0).length } } : {}),
    ...(expand.has('productAccess') && settings.expandProductAccess ? { productAccess: productAccess(call, index) } : {}),
    ...(expand.has('groups') && settings.expandGroups ? { groups: visibleGroups(call, index) } : {}),
    forDeletion: world.forDeletion.has(index),
    links: { self: accountId(world, index) },
  };
}
