import { parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import type { RouteResult, inventoryRoutes } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { allowedResources } from '../inventory/index.ts';
import { daysOfMonth } from '../query/index.ts';
import { findAccount } from './find-account.ts';

interface Row {
  readonly last_on: CivilDate | null;
  readonly last_at: Date | null;
  readonly history_from: string | null;
  readonly time_zone: string | null;
  readonly months: Readonly<Record<string, number>> | null;
}

/** The days on which a person was seen active in an app, earliest first, as far as history goes. Throws RequestProblem `notFound`. */
export async function readActivity(db: Kysely<Database>, scope: Scope, accountId: number, resourceId: number): Promise<RouteResult<typeof inventoryRoutes.activity>> {
  const allowed = await allowedResources(db, scope);
  await findAccount(db, scope.workspaceId, allowed, accountId);
  if (allowed !== null && !allowed.includes(resourceId)) throw noSuchAccess();
  const { rows } = await sql<Row>`
    select x.last_on, x.last_at, s.history_from, s.time_zone, (select jsonb_object_agg(m.month, m.days) from activity_month m where m.access_id = x.id) as months
    from access x join resource r on r.id = x.resource_id
    left join lateral (select history_from, time_zone from source s where s.realm_id = r.realm_id and s.removed_at is null and s.attached_to is null order by s.created_at limit 1) s on true
    where x.account_id = ${accountId}::bigint and x.resource_id = ${resourceId}::int and x.workspace_id = ${scope.workspaceId}::int`.execute(db);
  const row = rows[0];
  if (row === undefined) throw noSuchAccess();
  const kept = Object.entries(row.months ?? {}).flatMap(([month, bits]) => {
    const first = parseCivilDate(month);
    return first === null ? [] : daysOfMonth(first, bits);
  });
  const days = [...new Set([...kept, ...(row.last_on === null ? [] : [row.last_on])])].toSorted();
  return { days, historyFrom: row.history_from, lastAt: row.last_at?.toISOString() ?? null, timeZone: row.time_zone ?? 'UTC' };
}

function noSuchAccess(): RequestProblem {
  return new RequestProblem({ code: 'notFound', title: 'No such access', detail: 'Nothing is known of this account in this app. Choose an app from the account’s own list.' });
}
