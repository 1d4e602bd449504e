import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { AskedInventory } from './ask.ts';
import { countCapped } from './count-capped.ts';
import type { Position } from './cursor.ts';
import { findPositions } from './find-page.ts';
import type { Listed } from './find-page.ts';
import type { ListOrder } from './order.ts';
import type { WalkMemory } from './walk-memory.ts';

export interface Jump {
  /** Null: the beginning. */
  readonly position: Position | null;
  /** How many accounts stand before it, by estimate. */
  readonly offset: number;
}

/**
 * The place at a share (0 to 1) of the list. Short lists are counted through; for long ones the place is estimated from what PostgreSQL knows of the
 * distribution of names and dates, which costs the same at every depth.
 */
export async function jumpNear(db: Kysely<Database>, asked: AskedInventory, order: ListOrder, listed: Listed, share: number, memory: WalkMemory): Promise<Jump> {
  const count = await countCapped(db, listed);
  if (count.exact) {
    const offset = Math.min(Math.floor(share * count.accounts), Math.max(count.accounts - 1, 0));
    const before = offset === 0 ? [] : await findPositions(db, order, listed, { position: null, backward: false }, offset, memory);
    return { position: before.at(-1) ?? null, offset };
  }
  if (share === 0) return { position: null, offset: 0 };
  const total = Math.max(await estimateRows(db, listed), count.accounts);
  const offset = Math.floor(share * total);
  const dated = order.parts.length === 1 ? total : await datedShare(db, asked, order.name) * total;
  if (offset < dated) return { position: await placeIn(db, asked, order, 0, offset / dated), offset };
  return { position: await placeIn(db, asked, order, 1, (offset - dated) / Math.max(total - dated, 1)), offset };
}

async function placeIn(db: Kysely<Database>, asked: AskedInventory, order: ListOrder, part: number, share: number): Promise<Position | null> {
  const descending = order.parts[part]?.descending === true;
  const of = order.name.replace(/^-/u, '');
  const upward = descending ? 1 - share : share;
  const key = part === 0 && of.startsWith('lastActive') ? await dateAt(db, asked, of, upward) : await boundAt(db, part === 1 ? 'sort_name' : (columns[of] ?? 'sort_name'), upward);
  // Ids are positive: descending lists begin with the highest id of a key, ascending ones with the lowest.
  return key === null ? null : { order: order.name, part, key, id: descending ? Number.MAX_SAFE_INTEGER : 0 };
}

const columns: Readonly<Record<string, string>> = { name: 'sort_name', email: 'sort_email', added: 'added_on' };

/** The value of a column of account below which this share of the rows lies. */
async function boundAt(db: Kysely<Database>, column: string, share: number): Promise<string | null> {
  const { rows } = await sql<{ bounds: string[] | null }>`
    select histogram_bounds::text::text[] as bounds from pg_stats where schemaname = current_schema() and tablename = 'account' and attname = ${column}`.execute(db);
  const bounds = rows[0]?.bounds ?? [];
  return bounds[Math.min(Math.floor(share * bounds.length), bounds.length - 1)] ?? null;
}

/** The day before which this share of the last active dates lies. */
async function dateAt(db: Kysely<Database>, asked: AskedInventory, of: string, share: number): Promise<string | null> {
  const { rows } = await sql<{ key: string }>`
    select last_on::text as key from (
      select last_on, sum(sum(accounts)) over (order by last_on) as below, sum(sum(accounts)) over () as total from usage_day
      where workspace_id = ${asked.context.workspaceId}::int and resource_id = any(${sortedBy(asked, of)}::int[]) and holding = 'has' and last_kind = 'at' group by last_on) d
    where below >= ${share}::float8 * total order by last_on limit 1`.execute(db);
  return rows[0]?.key ?? null;
}

/** Which share of the accounts stands in the dated part. */
async function datedShare(db: Kysely<Database>, asked: AskedInventory, name: string): Promise<number> {
  const of = name.replace(/^-/u, '');
  if (!of.startsWith('lastActive')) {
    const { rows } = await sql<{ share: number }>`
      select 1 - null_frac as share from pg_stats where schemaname = current_schema() and tablename = 'account' and attname = 'added_on'`.execute(db);
    return rows[0]?.share ?? 1;
  }
  const { rows } = await sql<{ share: number }>`
    select least(1, coalesce(max(dated), 0) / greatest((select reltuples from pg_class where oid = 'account'::regclass), 1))::float8 as share from (
      select sum(accounts)::float8 as dated from usage_day
      where workspace_id = ${asked.context.workspaceId}::int and resource_id = any(${sortedBy(asked, of)}::int[]) and holding = 'has' and last_kind = 'at' group by resource_id) r`.execute(db);
  return rows[0]?.share ?? 1;
}

function sortedBy({ columns }: AskedInventory, of: string): number[] {
  const one = /:(\d+)$/u.exec(of)?.[1];
  return one === undefined ? columns.map(({ resourceId }) => resourceId) : [Number(one)];
}

/** The planner's own estimate. */
async function estimateRows(db: Kysely<Database>, listed: Listed): Promise<number> {
  const { rows } = await sql<Record<string, unknown>>`explain select from account a where ${listed.condition}`.execute(db);
  const line = Object.values(rows[0] ?? {})[0];
  return Number(/rows=(\d+)/u.exec(typeof line === 'string' ? line : '')?.[1] ?? 0);
}
