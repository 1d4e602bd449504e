import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { ListOrder } from './order.ts';
import { beyond, direction } from './order-parts.ts';
import type { Bound, ListPart } from './order-parts.ts';
import type { Position } from './cursor.ts';

/** Which accounts are listed: conditions on `account a`, never NULL. */
export interface Listed {
  readonly workspaceId: number;
  readonly condition: RawBuilder<boolean>;
}

/** Where reading begins and which way it goes. `position` null: at the list's own beginning or end. */
export interface PageStart {
  readonly position: Position | null;
  readonly backward: boolean;
}

/** The ids of at most `count` accounts in the order of the list (also when read backward), with their places. */
export async function findPositions(db: Kysely<Database>, order: ListOrder, listed: Listed, start: PageStart, count: number): Promise<readonly Position[]> {
  const found: Position[] = [];
  const step = start.backward ? -1 : 1;
  let index = start.position?.part ?? (start.backward ? order.parts.length - 1 : 0);
  let bound: Bound | null = start.position;
  for (let part = order.parts[index]; part !== undefined && found.length < count; part = order.parts[index]) {
    const rows = await readPart(db, part, listed, { bound, backward: start.backward }, count - found.length);
    for (const row of rows) found.push({ order: order.name, part: index, key: row.key, id: row.id });
    bound = null;
    index += step;
  }
  return start.backward ? found.toReversed() : found;
}

type Place = { readonly id: number; readonly key: string };

/**
 * Rows walked from the index before another way is taken. Where one account in thirty matches, the walk fills a page; where fewer do, gathering
 * the matches by their own index and sorting them is faster than walking on.
 */
const walkWindow = 1_500;

async function readPart(db: Kysely<Database>, part: ListPart, listed: Listed, at: { readonly bound: Bound | null; readonly backward: boolean }, count: number): Promise<readonly Place[]> {
  const reading = { workspaceId: listed.workspaceId, bound: at.bound, descending: part.descending !== at.backward };
  const way = direction(reading.descending);
  if (part.walk !== null) {
    const { rows } = await sql<Place>`
      select a.id, w.key::text as key from (${part.walk(reading, Math.max(walkWindow, count))}) w join account a on a.id = w.id
      where ${listed.condition} order by w.key ${way}, w.id ${way} limit ${count}::int`.execute(db);
    if (rows.length === count) return rows;
  }
  const { rows } = await sql<Place>`
    with matching as materialized (
      select a.id, ${part.key} as key from account a ${part.join}
      where ${listed.condition} and ${part.within} and ${beyond(part, part.key, sql`a.id`, reading)})
    select id, key::text as key from matching order by key ${way}, id ${way} limit ${count}::int`.execute(db);
  return rows;
}
