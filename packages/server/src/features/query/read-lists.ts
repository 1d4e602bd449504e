import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import { settingsOf } from '../settings/index.ts';
import type { Settings } from '../settings/index.ts';

export interface ListedSource {
  readonly id: string;
  readonly name: string;
  readonly realmId: number;
  readonly kind: string;
  readonly timeZone: string;
  readonly historyFrom: CivilDate | null;
  /** Was read whole at least once. */
  readonly read: boolean;
  /** Adds to the accounts of another source. */
  readonly attached: boolean;
}

export interface ListedResource {
  readonly id: number;
  readonly realmId: number;
  readonly app: string;
  readonly site: string;
  readonly siteUrl: string | null;
  readonly gone: boolean;
}

/** The settings and the small lists of a workspace, which every question about its inventory needs. */
export interface WorkspaceLists {
  readonly settings: Settings;
  /** Those that are there, oldest first. */
  readonly sources: readonly ListedSource[];
  readonly evidence: readonly { readonly id: number; readonly sourceId: string; readonly knownThrough: CivilDate | null }[];
  /** Also gone ones. */
  readonly resources: readonly ListedResource[];
  /** Realms in which a group is. */
  readonly realmsWithGroups: readonly number[];
  /** Is anybody exempt? */
  readonly hasExemptions: boolean;
}

/** Reads them in one statement: they stand before every page, and each trip to the database costs more than the lists. */
export async function readLists(db: Kysely<Database>, workspaceId: number): Promise<WorkspaceLists> {
  const { rows: [row] } = await sql<Omit<WorkspaceLists, 'settings'> & { readonly name: string; readonly settings: object }>`
    ${keptPlan} select w.name, w.settings,
      (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'realmId', s.realm_id, 'kind', s.kind, 'timeZone', s.time_zone, 'historyFrom', s.history_from,
          'read', s.last_full_read_at is not null, 'attached', s.attached_to is not null) order by s.created_at), '[]')
        from source s where s.workspace_id = w.id and s.removed_at is null) as sources,
      (select coalesce(json_agg(json_build_object('id', e.id, 'sourceId', e.source_id, 'knownThrough', e.known_through)), '[]') from evidence e where e.workspace_id = w.id) as evidence,
      (select coalesce(json_agg(json_build_object('id', r.id, 'realmId', r.realm_id, 'app', r.app, 'site', r.site, 'siteUrl', r.site_url, 'gone', r.gone_at is not null)), '[]')
        from resource r where r.workspace_id = w.id) as resources,
      (select coalesce(json_agg(m.id), '[]') from realm m where m.workspace_id = w.id
        and exists (select from account_group g where g.realm_id = m.id and g.gone_at is null)) as "realmsWithGroups",
      exists (select from exemption o where o.workspace_id = w.id and o.ended_at is null) as "hasExemptions"
    from workspace w where w.id = ${workspaceId}::int`.execute(db);
  if (row === undefined) throw new Error('The workspace is not there.');
  const { sources, evidence, resources, realmsWithGroups, hasExemptions } = row;
  return { settings: settingsOf(row), sources, evidence, resources, realmsWithGroups, hasExemptions };
}
