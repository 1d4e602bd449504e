import type { Sandbox, TrueAccount } from '@rollcall/sandbox';
import type { Pool } from 'pg';

/** One account as a text to compare: what the vendor's world says, or what the inventory says. */
export type Inventory = ReadonlyMap<string, string>;

/** Roles that do not let anybody use the app. Written anew here: the oracle shares no code with what it judges. */
const useless = new Set(['atlassian/user-access-admin', 'atlassian/customer', 'atlassian/org-admin', 'atlassian/site-admin']);

const appName: Readonly<Record<string, string>> = { 'jira-servicemanagement': 'jira-service-management' };

/** Apps are not asked one by one: what they hold by a role of their own and never used is named by no list, unless the list names never used apps. */
function accessesOf(account: TrueAccount, neverUsedNamed: boolean): string[] {
  return account.access
    .filter((access) => access.paths.some((path) => !useless.has(path.role) && (neverUsedNamed || path.kind === 'group' || access.lastActive !== null || account.accountType === 'atlassian')))
    .map((access) => `${appName[access.app] ?? access.app}@${access.site} ${access.lastActive === null ? 'never' : access.lastActive.slice(0, 10)}`)
    .toSorted();
}

function textOf(facts: { status: string; type: string; claim: string; email: string | null; accesses: readonly string[]; groups: readonly string[]; directories: readonly string[] }): string {
  return [facts.status, facts.type, facts.claim, facts.email ?? '-', facts.accesses.join(', '), facts.groups.join(','), facts.directories.join(',')].join(' | ');
}

/** What is true of every account in a directory. `never` is told of people only: nobody asks about apps and portal customers one by one. */
export function truthOf(sandbox: Sandbox, neverUsedNamed = false): Inventory {
  const all = new Map<string, string>();
  for (const account of sandbox.truth.accounts()) {
    const inside = account.directories.filter((one) => one.membership !== 'no_membership');
    if (inside.length === 0) continue;
    all.set(account.accountId, textOf({
      status: account.status, type: account.accountType, claim: account.managed ? 'managed' : 'unmanaged', email: account.email ?? null,
      accesses: accessesOf(account, neverUsedNamed).map((text) => (account.accountType === 'atlassian' ? text : text.replace(/never$/u, 'unknown'))),
      groups: account.groups.map((group) => group.id).toSorted(),
      // The list of a directory says how the account stands over all its directories, not in this one.
      directories: inside.map((one) => `${one.directoryId}${inside.every((other) => other.membership === 'suspended') ? '!' : ''}`).toSorted(),
    }));
  }
  return all;
}

/** The same of the inventory's accounts that are in a directory. */
export async function inventoryOf(pool: Pool): Promise<Inventory> {
  const { rows } = await pool.query<{ vendor_id: string; status: string; type: string; claim: string; email: string | null; accesses: string[]; groups: string[]; directories: string[] }>(`
    select a.vendor_id, a.status, a.account_type as type, a.claim, a.email,
      array(select r.app || '@' || r.site || ' ' || case c.last_kind when 'at' then c.last_on::text else c.last_kind end
        from access c join resource r on r.id = c.resource_id where c.account_id = a.id and c.holding = 'has') as accesses,
      array(select g.vendor_id from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id) as groups,
      array(select d.vendor_id || case when d.id = any(a.suspended_directory_ids) then '!' else '' end from directory d where d.id = any(a.directory_ids)) as directories
    from account a where a.gone_at is null and a.directory_ids <> '{}'`);
  return new Map(rows.map((row) => [row.vendor_id, textOf({ ...row, accesses: row.accesses.toSorted(), groups: row.groups.toSorted(), directories: row.directories.toSorted() })]));
}

/** Differences as readable lines, at most 20. */
export function differences(truth: Inventory, seen: Inventory): string[] {
  const lines: string[] = [];
  for (const [id, text] of truth) if (seen.get(id) !== text) lines.push(`${id}\n  true: ${text}\n  seen: ${seen.get(id) ?? 'missing'}`);
  for (const id of seen.keys()) if (!truth.has(id)) lines.push(`${id} is seen and not there`);
  return lines.slice(0, 20);
}
