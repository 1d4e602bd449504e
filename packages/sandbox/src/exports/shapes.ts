import type { Resource } from '../world/organisation.ts';
import type { Reader } from '../world/reader.ts';
import { accountId, profileOf } from '../world/world.ts';
import { isoDate, longDate, shortDate } from './dates.ts';

/** The CSV files that administrators download, by the era or screen they come from. */
export const exportShapes = ['users', 'users-pivot', 'users-2019', 'users-2016', 'managed'] as const;
export type ExportShape = (typeof exportShapes)[number];

/** Which optional columns of the current users export are ticked. */
export type ExportColumns = { readonly accessColumns: boolean; readonly groupList: boolean };

/** A shape: its header, and the rows of one account (several in the shapes with one row per group). */
export type ExportWriter = { readonly header: readonly string[]; readonly rows: (index: number) => readonly (readonly string[])[] };

const appOrder = ['jira-servicemanagement', 'jira', 'confluence'] as const;

function columnOrder(truth: Reader): readonly Resource[] {
  return truth.world.organisation.resources.toSorted((a, b) => a.site.index - b.site.index || appOrder.indexOf(a.app.key) - appOrder.indexOf(b.app.key));
}

/** Shown only for accounts that may use the app at the moment, as a suspended account has no access. */
function hasApp(truth: Reader, resource: Resource, index: number): boolean {
  return truth.hasAccess(resource.ari, index);
}

function statusText(truth: Reader, index: number): string {
  const status = truth.status(index);
  return status === 'active' ? 'Active' : status === 'suspended' ? 'Suspended' : 'Deactivated';
}

function orgRole(truth: Reader, index: number): string {
  return truth.world.orgAdmins.has(index) ? 'Organization admin' : '';
}

function lastSeen(truth: Reader, resource: Resource, index: number): string {
  const at = truth.lastActive(resource.index, index);
  return at === 0 || !hasApp(truth, resource, index) ? 'Never accessed' : shortDate(at);
}

function currentUsers(truth: Reader, columns: ExportColumns, pivot: boolean): ExportWriter {
  const resources = columnOrder(truth);
  const { world } = truth;
  const person = (index: number): readonly string[] => {
    const profile = profileOf(world, index);
    return [
      accountId(world, index), profile.name, profile.email ?? '', statusText(truth, index), shortDate(world.addedToOrg[index] ?? 0), orgRole(truth, index),
      ...(columns.accessColumns ? resources.map((resource) => (hasApp(truth, resource, index) ? 'User' : 'None')) : []),
      ...resources.map((resource) => lastSeen(truth, resource, index)),
    ];
  };
  const header = [
    'User id', 'User name', 'email', 'User status', 'Added to org', 'Org role',
    ...(columns.accessColumns ? resources.map((resource) => `${resource.app.label} - ${resource.site.name}`) : []),
    ...resources.map((resource) => `Last seen in ${resource.app.label} - ${resource.site.name}`),
  ];
  if (!pivot) {
    const list = (index: number): readonly string[] => (columns.groupList ? [truth.groupsOf(index).map((group) => group.name).join(', ')] : []);
    return { header: columns.groupList ? [...header, 'Group membership'] : header, rows: (index) => [[...person(index), ...list(index)]] };
  }
  return {
    header: ['Group id', 'Group name', ...header],
    rows(index) {
      const fields = person(index);
      const groups = truth.groupsOf(index);
      return groups.length === 0 ? [['', '', ...fields]] : groups.map((group) => [group.id, group.name, ...fields]);
    },
  };
}

function firstSite(truth: Reader): readonly Resource[] {
  return columnOrder(truth).filter((resource) => resource.site.index === 0);
}

const labels2019 = { jira: 'Jira Software', 'jira-servicemanagement': 'Jira Service Desk', confluence: 'Confluence' } as const;

function users2019(truth: Reader): ExportWriter {
  const resources = firstSite(truth);
  const { world } = truth;
  return {
    header: ['id', 'full_name', 'email', 'active', 'created', ...resources.map((resource) => `Last seen in ${labels2019[resource.app.key]}`)],
    rows(index) {
      const profile = profileOf(world, index);
      const seen = resources.map((resource) => lastSeen(truth, resource, index)).map((text) => (text === 'Never accessed' ? 'Never logged in' : text));
      return [[accountId(world, index), profile.name, profile.email ?? '', truth.status(index) === 'active' ? 'Yes' : 'No', shortDate(world.addedToOrg[index] ?? 0), ...seen]];
    },
  };
}

function users2016(truth: Reader): ExportWriter {
  const resources = firstSite(truth);
  const { world } = truth;
  const yesNo = (index: number, key: Resource['app']['key']): string => (resources.some((resource) => resource.app.key === key && hasApp(truth, resource, index)) ? 'Yes' : 'No');
  return {
    header: ['group_name', 'username', 'full_name', 'email', 'active', 'last_login', 'last_session', 'Jira Service Desk', 'Jira Software', 'Jira Core', 'Confluence'],
    rows(index) {
      const profile = profileOf(world, index);
      const latest = Math.max(0, ...resources.map((resource) => truth.lastActive(resource.index, index)));
      const username = profile.email?.split('@')[0] ?? `user${index}`;
      const fields = [username, profile.name, profile.email ?? '', truth.status(index) === 'active' ? 'Yes' : 'No', latest === 0 ? '' : longDate(latest), '', yesNo(index, 'jira-servicemanagement'), yesNo(index, 'jira'), 'No', yesNo(index, 'confluence')];
      return truth.groupsOf(index).map((group) => [group.name, ...fields]);
    },
  };
}

function managedAccounts(truth: Reader): ExportWriter {
  const { world } = truth;
  const apps = [...new Map(world.organisation.resources.map((resource) => [resource.app.key, resource.app.label]))];
  return {
    header: ['Name', 'Email', 'Atlassian ID', 'Status', 'Last active date [UTC]', ...apps.map(([, label]) => label)],
    rows(index) {
      if (world.managed[index] !== 1) return [];
      const profile = profileOf(world, index);
      const held = world.organisation.resources.filter((resource) => hasApp(truth, resource, index));
      const latest = Math.max(0, ...held.map((resource) => truth.lastActive(resource.index, index)));
      const sites = apps.map(([key]) => held.filter((resource) => resource.app.key === key).map((resource) => resource.site.name).join(',') || 'None');
      return [[profile.name, profile.email ?? '', accountId(world, index), truth.accountStatus(index) === 'active' ? 'Active' : 'Deactivated', latest === 0 ? '' : isoDate(latest), ...sites]];
    },
  };
}

/** The writer of a shape over what is true in a world. */
export function exportWriter(shape: ExportShape, truth: Reader, columns: ExportColumns): ExportWriter {
  switch (shape) {
    case 'users': return currentUsers(truth, columns, false);
    case 'users-pivot': return currentUsers(truth, columns, true);
    case 'users-2019': return users2019(truth);
    case 'users-2016': return users2016(truth);
    case 'managed': return managedAccounts(truth);
    default: throw new RangeError('unknown export shape');
  }
}
