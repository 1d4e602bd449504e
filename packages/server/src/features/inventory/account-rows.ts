import { judgeUsage } from '@rollcall/core';
import type { AccessFacts, Period, QueriedAccess, UsageRules } from '@rollcall/core';
import type { inventoryRow } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, Selectable } from 'kysely';
import type { z } from 'zod';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { AccountTable } from '../../db/schema.ts';
import { domainCovers } from '../exemptions/index.ts';
import { readAccessesOf } from './read-accesses.ts';
import type { AskedInventory } from './ask.ts';

export type InventoryRow = z.input<typeof inventoryRow>;

const shown = ['id', 'vendor_id', 'name', 'email', 'account_type', 'status', 'claim', 'added_on', 'platform_roles', 'protected_by', 'looks_like_service'] as const satisfies readonly (keyof AccountTable)[];
const shownColumns = sql.join(shown.map((name) => sql.ref(`a.${name}`)));

type AccountRow = Pick<Selectable<AccountTable>, (typeof shown)[number]> & { readonly realm: string; readonly exempt: boolean };

/**
 * Exempt on `day`, by the account itself, its domain or one of its groups; over `account a`.
 */
function isExempt(workspaceId: number, day: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from exemption o where o.workspace_id = ${workspaceId}::int and o.ended_at is null and (o.ends_on is null or o.ends_on >= ${day}::date)
      and (o.kind = 'account' and o.realm_id = a.realm_id and o.subject = a.vendor_id
        or o.kind = 'domain' and ${domainCovers(sql`o.subject`, sql`a.email_domain`)}
        or o.kind = 'group' and exists (select from group_member m join account_group g on g.id = m.group_id
          where m.account_id = a.id and g.realm_id = o.realm_id and g.vendor_id = o.subject and g.gone_at is null)))`;
}

/** The accounts as the inventory shows them, in the order of the ids. Ids of other workspaces are left out. */
export async function readInventoryRows(db: Kysely<Database>, asked: AskedInventory, ids: readonly number[]): Promise<InventoryRow[]> {
  if (ids.length === 0) return [];
  // One after the other: within an export both go through one connection.
  const accounts = await readAccounts(db, asked, ids);
  const accesses = await readAccessesOf(db, asked.context, ids);
  const byId = new Map(accounts.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toRow(row, cellsOf(asked, accesses.get(id) ?? []))];
  });
}

async function readAccounts(db: Kysely<Database>, { context, hasExemptions }: AskedInventory, ids: readonly number[]): Promise<readonly AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    ${keptPlan} select ${shownColumns}, r.name as realm, ${hasExemptions ? isExempt(context.workspaceId, context.asOf) : sql<boolean>`false`} as exempt
    from account a join realm r on r.id = a.realm_id where a.id = any(${[...ids]}::bigint[]) and a.workspace_id = ${context.workspaceId}::int`.execute(db);
  return rows;
}

/** A cell for each access of an app that is shown; an app without a cell is one the account has no access to. */
function cellsOf({ columns, context }: Pick<AskedInventory, 'columns' | 'context'>, accesses: readonly QueriedAccess[]): InventoryRow['cells'] {
  return columns.flatMap(({ resourceId }) => {
    const access = accesses.find((one) => one.resourceId === resourceId);
    return access === undefined ? [] : [cellOf(resourceId, access, context.period, context.usageRules)];
  });
}

function cellOf(resourceId: number, access: AccessFacts, period: Period, rules: UsageRules): InventoryRow['cells'][number] {
  const { usage, basis } = judgeUsage(access, period, rules);
  return { resourceId, usage, basis, lastOn: access.lastActive.kind === 'at' ? access.lastActive.on : null };
}

function toRow(row: AccountRow, cells: InventoryRow['cells']): InventoryRow {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    realm: row.realm,
    name: row.name,
    email: row.email,
    accountType: row.account_type,
    status: row.status,
    claim: row.claim,
    addedOn: row.added_on,
    platformRoles: row.platform_roles,
    protectedBy: row.protected_by,
    exempt: row.exempt,
    looksLikeService: row.looks_like_service,
    cells,
  };
}
