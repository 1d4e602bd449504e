import { appTitle, knownAppKeys } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';

/** An app on one site, as a column of the inventory. */
export interface InventoryColumn {
  readonly resourceId: number;
  readonly app: string;
  readonly title: string;
  readonly site: string;
  readonly sourceName: string;
}

type Seen = Pick<Scope, 'workspaceId' | 'sourceIds' | 'sites'>;

/** The apps that are there today and that the asker may see, in the order in which screens list them. */
export async function inventoryColumns(db: Kysely<Database>, scope: Seen): Promise<readonly InventoryColumn[]> {
  const { rows } = await sql<{ id: number; app: string; site: string; source_name: string }>`
    select r.id, r.app, r.site, s.name as source_name from resource r
    join lateral (
      select s.name from source s where s.realm_id = r.realm_id and s.removed_at is null and s.attached_to is null
        and (${scope.sourceIds}::uuid[] is null or s.id = any(${scope.sourceIds}::uuid[]))
      order by s.created_at limit 1) s on true
    where r.workspace_id = ${scope.workspaceId} and r.gone_at is null and (${scope.sites}::text[] is null or r.site = any(${scope.sites}::text[]))`.execute(db);
  const columns = rows.map((row) => ({ resourceId: row.id, app: row.app, title: appTitle(row.app), site: row.site, sourceName: row.source_name }));
  return columns.toSorted((a, b) => rank(a.app) - rank(b.app) || compare(a.app, b.app) || compare(a.site, b.site) || a.resourceId - b.resourceId);
}

function rank(app: string): number {
  const at = knownAppKeys.indexOf(app);
  return at === -1 ? knownAppKeys.length : at;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
