import { accountId, kinds, profileOf } from './world.ts';
import type { AccountStatus, Kind, Membership } from './world.ts';
import { accountTypeOf } from './reader.ts';
import type { CompositeStatus, Reader } from './reader.ts';

/** One way an account has an app, with the role that way gives. */
export type TruePath = { readonly kind: 'group'; readonly groupId: string; readonly groupName: string; readonly external: boolean; readonly role: string } | { readonly kind: 'direct'; readonly role: string };

/** An app an account has, or had activity in. `lastActive` null: never. */
export type TrueAccess = { readonly resourceId: string; readonly site: string; readonly app: string; readonly hasAccess: boolean; readonly paths: readonly TruePath[]; readonly lastActive: string | null };

/** Everything true about an account, whatever the API shows at the moment. */
export type TrueAccount = {
  readonly accountId: string;
  readonly index: number;
  readonly kind: Kind;
  readonly accountType: 'atlassian' | 'app' | 'customer';
  readonly name: string;
  readonly email: string | undefined;
  readonly status: CompositeStatus;
  readonly accountStatus: AccountStatus;
  readonly managed: boolean;
  readonly synced: boolean;
  readonly addedToOrg: string;
  readonly directories: readonly { readonly directoryId: string; readonly membership: Membership }[];
  readonly platformRoles: readonly string[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly external: boolean }[];
  readonly access: readonly TrueAccess[];
};

function pathsTo(truth: Reader, resource: string, index: number): readonly TruePath[] {
  const byGroup = truth.groupsOf(index).flatMap((group) => group.grants.filter((grant) => grant.resource === resource)
    .map((grant): TruePath => ({ kind: 'group', groupId: group.id, groupName: group.name, external: group.external, role: grant.role })));
  const direct = truth.world.directRoles.filter((entry) => entry.resource === resource && entry.members.has(index)).map((entry): TruePath => ({ kind: 'direct', role: entry.role }));
  return [...byGroup, ...direct];
}

/** The true state of an account. */
export function trueAccount(truth: Reader, index: number): TrueAccount {
  const { world } = truth;
  const profile = profileOf(world, index);
  return {
    accountId: accountId(world, index), index, kind: kinds[world.kind[index] ?? 0] ?? 'person', accountType: accountTypeOf(world, index),
    name: profile.name, email: profile.email, status: truth.status(index), accountStatus: truth.accountStatus(index),
    managed: world.managed[index] === 1, synced: world.source[index] === 2, addedToOrg: new Date((world.addedToOrg[index] ?? 0) * 1000).toISOString(),
    directories: world.organisation.directories.map((directory) => ({ directoryId: directory.id, membership: truth.membership(directory.index, index) })),
    platformRoles: truth.platformRoles(index),
    groups: truth.groupsOf(index).map(({ id, name, external }) => ({ id, name, external })),
    access: world.organisation.resources.map((resource): TrueAccess => {
      const at = truth.lastActive(resource.index, index);
      return { resourceId: resource.ari, site: resource.site.name, app: resource.app.key, hasAccess: truth.hasAccess(resource.ari, index), paths: pathsTo(truth, resource.ari, index), lastActive: at === 0 ? null : new Date(at * 1000).toISOString() };
    }).filter((access) => access.paths.length > 0 || access.lastActive !== null),
  };
}

/** Indexes of every account that exists. */
export function* everyAccount(truth: Reader): Generator<number> {
  for (let index = 0; index < truth.world.count; index += 1) if (!truth.world.vanished.has(index)) yield index;
}
