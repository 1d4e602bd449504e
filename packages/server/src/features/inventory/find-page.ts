import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { ListOrder } from './order.ts';
import { beyond, direction } from './order-parts.ts';
import type { Bound, ListPart, Reading } from './order-parts.ts';
import type { Position } from './cursor.ts';

/** Which accounts are listed: conditions on `account a`, never NULL. */
export interface Listed {
  readonly workspaceId: number;
  readonly condition: RawBuilder<boolean>;
  /** The same of accounts that are in the workspace and not gone: what is read from an index of these need not be looked up in the table to be asked again. */
  readonly conditionOfThere: RawBuilder<boolean>;
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

/** Rows that are walked from the index first: where one account in ten matches, they fill a page. */
const firstWindow = 600;
/** Where the first rows promised more, so many may follow. Beyond that, gathering the matches by their own index and sorting them is faster. */
const secondWindow = 8_000;

async function readPart(db: Kysely<Database>, part: ListPart, listed: Listed, at: { readonly bound: Bound | null; readonly backward: boolean }, count: number): Promise<readonly Place[]> {
  const reading = { workspaceId: listed.workspaceId, bound: at.bound, descending: part.descending !== at.backward };
  const first = await walkPart(db, part, listed, reading, { window: Math.max(firstWindow, count), count });
  if (first.length === count) return first;
  const needed = Math.ceil((count / first.length) * firstWindow * 1.6);
  if (needed <= secondWindow) {
    const second = await walkPart(db, part, listed, reading, { window: needed, count });
    if (second.length === count) return second;
  }
  return gatherPart(db, part, listed, reading, count);
}

/** The limit of the walk keeps the planner from finding the matches in another way than in order. */
async function walkPart(db: Kysely<Database>, part: ListPart, listed: Listed, reading: Reading, { window, count }: { readonly window: number; readonly count: number }): Promise<readonly Place[]> {
  if (part.walk === null) return [];
  const way = direction(reading.descending);
  const { rows } = await sql<Place>`
    select a.id, a.walked_key::text as key from (${part.walk(reading, window)}) a
    where ${listed.conditionOfThere} order by a.walked_key ${way}, a.id ${way} limit ${count}::int`.execute(db);
  return rows;
}

async function gatherPart(db: Kysely<Database>, part: ListPart, listed: Listed, reading: Reading, count: number): Promise<readonly Place[]> {
  const way = direction(reading.descending);
  const { rows } = await sql<Place>`
    with matching as materialized (select ${sql.join(['id', ...part.columns].map((column) => sql.ref(`a.${column}`)))} from account a where ${listed.condition})
    select a.id, (${part.key})::text as key from matching a ${part.join}
    where ${part.within} and ${beyond(part, part.key, sql`a.id`, reading)}
    order by ${part.key} ${way}, a.id ${way} limit ${count}::int`.execute(db);
  return rows;
}
