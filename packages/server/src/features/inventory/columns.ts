import { appTitle, knownAppKeys } from '@rollcall/core';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { readLists } from '../query/index.ts';
import type { WorkspaceLists } from '../query/index.ts';

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
  return columnsOf(await readLists(db, scope.workspaceId), scope);
}

/** The same from lists that were read already. Where several sources read one organisation, an app is named after the oldest that the asker may see. */
export function columnsOf({ resources, sources }: WorkspaceLists, scope: Seen): readonly InventoryColumn[] {
  const visible = sources.filter(({ id, attached }) => !attached && (scope.sourceIds === null || scope.sourceIds.includes(id)));
  const columns = resources.flatMap(({ id, realmId, app, site, gone }) => {
    const source = visible.find((one) => one.realmId === realmId);
    if (gone || source === undefined || (scope.sites !== null && !scope.sites.includes(site))) return [];
    return [{ resourceId: id, app, title: appTitle(app), site, sourceName: source.name }];
  });
  return columns.toSorted((one, other) => rank(one.app) - rank(other.app) || compare(one.app, other.app) || compare(one.site, other.site) || one.resourceId - other.resourceId);
}

function rank(app: string): number {
  const at = knownAppKeys.indexOf(app);
  return at === -1 ? knownAppKeys.length : at;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
