import { Bitset } from './bitset.ts';
import type { Organisation, Resource, Site } from './organisation.ts';
import { uuid } from './random.ts';

/** A role that a group gives its members on a resource. `resource` is an ARI: of an app on a site, or of a site (`atlassian/site-admin`). */
export type Grant = { readonly resource: string; readonly role: string };

export type ManagedBy = 'external' | 'admins' | 'team-members' | 'open';

/** A group of a directory; `members` and `grants` change, the rest does not. */
export type Group = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly directory: number;
  readonly managedBy: ManagedBy;
  /** Members of an externally synced group can only be changed in the identity provider. */
  readonly external: boolean;
  /** New users of an app are put here; such a group cannot be deleted. */
  readonly isDefault: boolean;
  readonly members: Bitset;
  grants: readonly Grant[];
  deleted: boolean;
  /** Virtual time from which reads show a newly made group. */
  visibleFrom: number;
};

/** What the population needs to know of a group when it puts members in. */
export type GroupPurpose =
  | { readonly kind: 'appUsers'; readonly resource: number }
  | { readonly kind: 'appAdmins'; readonly resource: number }
  | { readonly kind: 'guests'; readonly resource: number }
  | { readonly kind: 'customers'; readonly resource: number }
  | { readonly kind: 'secondPath'; readonly resource: number }
  | { readonly kind: 'severalApps'; readonly site: number }
  | { readonly kind: 'idpSeveralApps'; readonly site: number }
  | { readonly kind: 'idpApp'; readonly resource: number }
  | { readonly kind: 'accessDelegates'; readonly site: number }
  | { readonly kind: 'siteAdmins'; readonly site: number }
  | { readonly kind: 'orgAdmins' }
  | { readonly kind: 'nothing'; readonly share: number }
  | { readonly kind: 'team'; readonly number: number };

export type PlannedGroup = { readonly group: Group; readonly purpose: GroupPurpose };

type Blueprint = { readonly name: string; readonly purpose: GroupPurpose; readonly grants: readonly Grant[]; readonly managedBy?: ManagedBy; readonly isDefault?: boolean; readonly directory?: number; readonly description?: string };

const user = 'atlassian/user';

function ofResource(resource: Resource): readonly Blueprint[] {
  const { app, site, ari, index } = resource;
  const directory = site.directory;
  const list: Blueprint[] = [
    { name: `${app.groupStem}-users-${site.name}`, purpose: { kind: 'appUsers', resource: index }, grants: [{ resource: ari, role: user }], isDefault: true, directory, description: `Default access to ${app.label} on ${site.name}` },
    { name: `${app.groupStem}-admins-${site.name}`, purpose: { kind: 'appAdmins', resource: index }, grants: [{ resource: ari, role: 'atlassian/admin' }], directory },
  ];
  if (app.key === 'jira') {
    list.push({ name: `legacy-jira-users-${site.name}`, purpose: { kind: 'secondPath', resource: index }, grants: [{ resource: ari, role: user }], directory });
    list.push({ name: `okta-jira-contractors-${site.name}`, purpose: { kind: 'idpApp', resource: index }, grants: [{ resource: ari, role: user }], managedBy: 'external', directory });
  }
  if (app.key === 'confluence') list.push({ name: `confluence-guests-${site.name}`, purpose: { kind: 'guests', resource: index }, grants: [{ resource: ari, role: 'atlassian/guest' }], directory });
  if (app.key === 'jira-servicemanagement') list.push({ name: `jira-servicemanagement-customers-${site.name}`, purpose: { kind: 'customers', resource: index }, grants: [{ resource: ari, role: 'atlassian/customer' }], directory });
  return list;
}

function ofSite(site: Site, resources: readonly Resource[]): readonly Blueprint[] {
  const here = resources.filter((resource) => resource.site === site);
  const several = here.filter((resource) => resource.app.key !== 'jira-servicemanagement').map((resource): Grant => ({ resource: resource.ari, role: user }));
  return [
    { name: `engineering-${site.name}`, purpose: { kind: 'severalApps', site: site.index }, grants: several, directory: site.directory, description: 'Everything an engineer needs' },
    { name: `okta-all-apps-${site.name}`, purpose: { kind: 'idpSeveralApps', site: site.index }, grants: several, managedBy: 'external', directory: site.directory },
    { name: `access-delegates-${site.name}`, purpose: { kind: 'accessDelegates', site: site.index }, grants: here.map((resource) => ({ resource: resource.ari, role: 'atlassian/user-access-admin' })), directory: site.directory },
    { name: `site-admins-${site.name}`, purpose: { kind: 'siteAdmins', site: site.index }, grants: [{ resource: site.platformAri, role: 'atlassian/site-admin' }], directory: site.directory },
  ];
}

/** The groups of an organisation: default and admin groups of each app, several-app, identity-provider, granting-nothing and team groups. */
export function planGroups(organisation: Organisation, users: number, capacity: number): readonly PlannedGroup[] {
  const teams = Math.min(200, Math.max(2, Math.floor(users / 40)));
  const blueprints: readonly Blueprint[] = [
    ...organisation.resources.flatMap(ofResource),
    ...organisation.sites.flatMap((site) => ofSite(site, organisation.resources)),
    { name: 'org-admins', purpose: { kind: 'orgAdmins' }, grants: [], description: 'Membership no longer grants organisation administration' },
    { name: 'okta-everyone', purpose: { kind: 'nothing', share: 0.4 }, grants: [], managedBy: 'external' },
    { name: 'office-tokyo, Japan', purpose: { kind: 'nothing', share: 0.1 }, grants: [], description: '東京オフィス' },
    { name: 'book-club', purpose: { kind: 'nothing', share: 0.02 }, grants: [], managedBy: 'open' },
    { name: 'legal-hold', purpose: { kind: 'nothing', share: 0.005 }, grants: [] },
    ...Array.from({ length: teams }, (_, number): Blueprint => ({
      name: `team-${String(number + 1).padStart(3, '0')}`, purpose: { kind: 'team', number }, grants: [], managedBy: number % 2 === 0 ? 'team-members' : 'open', directory: number % organisation.directories.length,
    })),
  ];
  return blueprints.map((plan, index): PlannedGroup => ({
    purpose: plan.purpose,
    group: {
      id: uuid(organisation.seed, index, 110), name: plan.name, description: plan.description ?? '', directory: plan.directory ?? 0,
      managedBy: plan.managedBy ?? 'admins', external: plan.managedBy === 'external', isDefault: plan.isDefault ?? false,
      members: new Bitset(capacity), grants: plan.grants, deleted: false, visibleFrom: 0,
    },
  }));
}
