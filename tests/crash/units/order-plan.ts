import { routes } from '@rollcall/contract';
import type { Client, RouteResult } from '@rollcall/contract';
import type { Place } from '../places.ts';

export type PlanSeen = RouteResult<typeof routes.plans.get>;
export type PlanRow = RouteResult<typeof routes.plans.items>['items'][number];

const unused = { kind: 'query', q: 'app = jira AND site = acme AND usage IN (inactive, never) AND status = active', period: '90d' } as const;

/**
 * Orders a plan that takes Jira from whoever has not used it for 90 days, unless the one with this note is there already. `accountIds`: from these people instead, chosen by
 * hand: to whom access was given back, time counts anew.
 */
export async function findOrOrder(client: Client, place: Place, note: string, accountIds: readonly number[] = []): Promise<PlanSeen> {
  const { items } = await client.call(routes.plans.list, { query: { sourceId: place.sourceId, limit: 500 } });
  const found = items.find((plan) => plan.note === note);
  if (found !== undefined) return found;
  const order = { sourceId: place.sourceId, action: 'remove-app-access', note } as const;
  if (accountIds.length === 0) return client.call(routes.plans.create, { body: { ...order, selection: unused } });
  const { columns } = await client.call(routes.inventory.page, { query: { q: `source = "${place.name}"`, limit: 1 } });
  const jira = columns.find((column) => column.sourceName === place.name && column.app === 'jira' && column.site === 'acme');
  return client.call(routes.plans.create, { body: { ...order, params: { resourceIds: jira === undefined ? [] : [jira.resourceId] }, selection: { kind: 'accounts', accountIds: [...accountIds] } } });
}

/** All rows of a plan. */
export async function rowsOf(client: Client, planId: string): Promise<readonly PlanRow[]> {
  const rows: PlanRow[] = [];
  let after: string | null = null;
  do {
    const page: RouteResult<typeof routes.plans.items> = await client.call(routes.plans.items, { params: { planId }, query: { limit: 500, ...(after === null ? {} : { after }) } });
    rows.push(...page.items);
    after = page.next;
  } while (after !== null);
  return rows;
}

/** A plan's rows against the sandbox's own state when it was built: who must not be acted on, and who may not be left out. */
export function judgeRows(place: Place, rows: readonly PlanRow[]): readonly string[] {
  const since = new Date(Date.now() - 89 * 86_400_000).toISOString();
  const before = new Date(Date.now() - 92 * 86_400_000).toISOString();
  const problems: string[] = [];
  const seen = new Map(rows.map((row) => [row.vendorId, row]));
  if (seen.size !== rows.length) problems.push('somebody stands in the plan twice');
  for (const one of place.sandbox.truth.accounts()) {
    const jira = one.access.find((access) => access.resourceId === place.jira && access.hasAccess);
    const row = seen.get(one.accountId);
    const guarded = one.platformRoles.length > 0 || one.accountType !== 'atlassian' || one.accountId === place.sandbox.keyOwnerAccountId;
    const used = jira?.lastActive != null && jira.lastActive > since;
    if (row?.decision === 'act' && (guarded || jira === undefined || used)) problems.push(`${one.accountId} must not be acted on`);
    const unused = jira?.lastActive != null && jira.lastActive < before;
    if (row === undefined && unused && one.status === 'active' && !guarded) problems.push(`${one.accountId} is left out without a word`);
  }
  return problems;
}
