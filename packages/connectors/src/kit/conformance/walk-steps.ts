import type { ConnectorContext, Connector, Page, ReadStep } from '../connector.ts';
import type { SourceRecord } from '../records.ts';

/** More pages than a test world can have. */
const mostPages = 500;
/** Scopes of one step that are read; the rest are alike. */
const mostScopes = 20;

/** Reads every step to its end as a host would and says in sentences what a host cannot live with. */
export async function walkSteps<Settings>(connector: Connector<Settings>, context: ConnectorContext<Settings>): Promise<{ records: SourceRecord[]; problems: string[] }> {
  const records: SourceRecord[] = [];
  const problems: string[] = [];
  for (const step of connector.steps(context.settings)) {
    for (const scope of scopesOf(step, records).slice(0, mostScopes)) {
      const { pages, problem } = await readToEnd(connector, context, step, scope);
      records.push(...pages.flatMap((page) => page.records));
      if (problem !== null) problems.push(`${step.name}: ${problem}`);
    }
  }
  return { records, problems: [...problems, ...danglingReferences(records)] };
}

function scopesOf(step: ReadStep, records: readonly SourceRecord[]): string[] {
  switch (step.over) {
    case 'all':
      return [''];
    case 'directories':
      return records.flatMap((record) => (record.type === 'directory' ? [record.vendorId] : []));
    case 'grantingGroups':
      return records.flatMap((record) => (record.type === 'group' && record.mayGrant ? [record.vendorId] : []));
    case 'groupsWithoutMembers':
      return records.flatMap((record) => (record.type === 'group' ? [record.vendorId] : []));
    case 'missingAccounts':
    case 'accountsWithoutActivity':
      return records.flatMap((record) => (record.type === 'account' ? [record.vendorId] : []));
  }
}

async function readToEnd<Settings>(connector: Connector<Settings>, context: ConnectorContext<Settings>, step: ReadStep, scope: string): Promise<{ pages: Page[]; problem: string | null }> {
  const pages: Page[] = [];
  const seen = new Set<string>();
  let token: string | null = null;
  while (pages.length < mostPages) {
    const page: Page = await connector.read(context, step.name, scope, token);
    pages.push(page);
    token = page.next;
    if (token === null) return { pages, problem: null };
    if (token === '') return { pages, problem: 'an empty token: the end is null' };
    if (seen.has(token)) return { pages, problem: 'the same token twice' };
    seen.add(token);
  }
  return { pages, problem: `no end after ${mostPages} pages` };
}

/** What records refer to must be recorded as well, or the host would drop them in silence. */
function danglingReferences(records: readonly SourceRecord[]): string[] {
  const known = (type: SourceRecord['type']): ReadonlySet<string> => new Set(records.flatMap((record) => (record.type === type && 'vendorId' in record ? [record.vendorId] : [])));
  const [accounts, groups, resources, directories] = [known('account'), known('group'), known('resource'), known('directory')];
  const problems = new Set<string>();
  for (const record of records) {
    if ('accountVendorId' in record && !accounts.has(record.accountVendorId)) problems.add(`${record.type} records name accounts that are not recorded`);
    if ('groupVendorId' in record && !groups.has(record.groupVendorId)) problems.add(`${record.type} records name groups that are not recorded`);
    if (record.type === 'access' && !resources.has(record.resourceVendorId)) problems.add('access records name resources that are not recorded');
    if ('directoryVendorId' in record && record.directoryVendorId !== null && !directories.has(record.directoryVendorId)) problems.add(`${record.type} records name directories that are not recorded`);
  }
  return [...problems];
}
