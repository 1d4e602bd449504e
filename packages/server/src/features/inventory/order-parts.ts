import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** Rows after (in reading direction) this one. */
export interface Bound {
  readonly key: string;
  readonly id: number;
}

/** How a part is read: `descending` is the direction of this reading, which is the opposite of the part's own when a page above is read. */
export interface Reading {
  readonly workspaceId: number;
  readonly bound: Bound | null;
  readonly descending: boolean;
}

/** A part of the list in which the sort key is never NULL. Rows are ordered by (key, id). */
export interface ListPart {
  readonly descending: boolean;
  readonly keyType: 'text' | 'date';
  /** Over `account a` and what `join` adds. */
  readonly key: RawBuilder<unknown>;
  /** The columns of account that `key`, `join` and `within` need besides the id: with few of them a narrow index holds all that gathering needs. */
  readonly columns: readonly ('sort_name' | 'sort_email' | 'added_on')[];
  /** Joined to `account a` where the whole part is gathered; adds no rows. */
  readonly join: RawBuilder<unknown>;
  /** Does account `a` belong to the part? */
  readonly within: RawBuilder<boolean>;
  /** Null: no index gives this order. */
  readonly walk: Walk | null;
}

/** The part in its order, from an index, whatever the query. */
export interface Walk {
  /** The index's first `window` rows (a number that stands in the statement) in order: `id` and `walked_key` are a place from which the walk can go on after that row. Not each row need belong to the part. */
  readonly ordered: (reading: Reading, window: number) => RawBuilder<unknown>;
  /** Those of them that belong to the part: `account a` of the workspace that is not gone, with `walked_key`. */
  readonly rows: (reading: Reading, window: number) => RawBuilder<unknown>;
}

export function direction(descending: boolean): RawBuilder<unknown> {
  return descending ? sql`desc` : sql`asc`;
}

/** `(key, id)` lies beyond the bound in reading direction. */
export function beyond(part: Pick<ListPart, 'keyType'>, key: RawBuilder<unknown>, id: RawBuilder<unknown>, { bound, descending }: Pick<Reading, 'bound' | 'descending'>): RawBuilder<boolean> {
  if (bound === null) return sql<boolean>`true`;
  const value = part.keyType === 'date' ? sql`${bound.key}::date` : sql`${bound.key}::text`;
  return descending ? sql<boolean>`(${key}, ${id}) < (${value}, ${bound.id}::bigint)` : sql<boolean>`(${key}, ${id}) > (${value}, ${bound.id}::bigint)`;
}

/** A part that an index on (workspace, column of account, id) gives. */
export function accountPart(part: Pick<ListPart, 'descending' | 'keyType' | 'key' | 'columns' | 'within'>): ListPart {
  return { ...part, join: sql``, walk: accountWalk(part) };
}

/** The accounts by an index on (workspace, column of account, id). */
export function accountWalk({ keyType, key, within }: Pick<ListPart, 'keyType' | 'key' | 'within'>): Walk {
  const walked = (columns: RawBuilder<unknown>, reading: Reading, window: number) => sql`
    select ${columns}, ${key} as walked_key from account a
    where a.workspace_id = ${reading.workspaceId}::int and a.gone_at is null and ${within} and ${beyond({ keyType }, key, sql`a.id`, reading)}
    order by ${key} ${direction(reading.descending)}, a.id ${direction(reading.descending)} limit ${sql.lit(window)}`;
  return { ordered: (reading, window) => walked(sql`a.id`, reading, window), rows: (reading, window) => walked(sql`a.*`, reading, window) };
}

/** Everybody, by name. `narrowed`: what every match fulfils, and a small index by name holds. */
export function byName(descending: boolean, narrowed: RawBuilder<boolean>): ListPart {
  const part = { descending, keyType: 'text', key: sql`a.sort_name`, columns: ['sort_name'], within: sql<boolean>`true` } as const;
  return { ...accountPart(part), walk: accountWalk({ ...part, within: narrowed }) };
}
