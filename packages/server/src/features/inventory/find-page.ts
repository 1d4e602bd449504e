import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { keptWhileAsked } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { ListOrder } from './order.ts';
import { beyond, direction } from './order-parts.ts';
import type { Bound, ListPart, Reading, Walk } from './order-parts.ts';
import type { Position } from './cursor.ts';
import type { WalkMemory } from './walk-memory.ts';

/** Which accounts are listed: conditions on `account a`, never NULL. */
export interface Listed {
  readonly workspaceId: number;
  readonly condition: RawBuilder<boolean>;
  /** The same of accounts that are in the workspace and not gone: what is read from an index of these need not be looked up in the table to be asked again. */
  readonly conditionOfThere: RawBuilder<boolean>;
  /** Alike for questions whose matches lie alike. */
  readonly asked: string;
}

/** Where reading begins and which way it goes. `position` null: at the list's own beginning or end. */
export interface PageStart {
  readonly position: Position | null;
  readonly backward: boolean;
}

/** The ids of at most `count` accounts in the order of the list (also when read backward), with their places. */
export async function findPositions(db: Kysely<Database>, order: ListOrder, listed: Listed, start: PageStart, count: number, memory: WalkMemory): Promise<readonly Position[]> {
  const found: Position[] = [];
  const step = start.backward ? -1 : 1;
  let index = start.position?.part ?? (start.backward ? order.parts.length - 1 : 0);
  let bound: Bound | null = start.position;
  for (let part = order.parts[index]; part !== undefined && found.length < count; part = order.parts[index]) {
    const key = memoryKey([listed.workspaceId, order.name, index, start.backward, bound === null, listed.asked]);
    const rows = await readPart(db, part, listed, { bound, backward: start.backward }, count - found.length, { memory, key });
    for (const row of rows) found.push({ order: order.name, part: index, key: row.key, id: row.id });
    bound = null;
    index += step;
  }
  return start.backward ? found.toReversed() : found;
}

/** Short, whatever was asked: a query may hold thousands of names. */
function memoryKey(question: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64');
}

type Place = { readonly id: number; readonly key: string };

/** Rows that are walked from the index first: where one account in ten matches, they fill a page. */
const firstWindow = 600;
/** Where the rows so far promise enough, so many are walked in all. Beyond that, gathering the matches by their own index and sorting them is faster. */
const widestWindow = 8_600;
/** Windows have one of these sizes: the size stands in the statement, and statements that are alike stay prepared. */
const windowSizes = [firstWindow, 1_200, 2_400, 4_800, widestWindow - firstWindow];
/** Gathering so many matches costs hardly more than the walk that would be tried before; more of them are gathered only after the walk has failed here, too. */
const fewMatches = 20_000;

async function readPart(db: Kysely<Database>, part: ListPart, listed: Listed, at: { readonly bound: Bound | null; readonly backward: boolean }, count: number, { memory, key }: { readonly memory: WalkMemory; readonly key: string }): Promise<readonly Place[]> {
  const reading = { workspaceId: listed.workspaceId, bound: at.bound, descending: part.descending !== at.backward };
  const known = memory.recall(key);
  if (part.walk !== null && known !== 'gather') {
    const walked = await walkPart(db, part.walk, listed, reading, { window: known?.window ?? firstWindow, count });
    if (walked.places !== null) {
      if (walked.window > firstWindow) memory.note(key, { window: walked.window });
      return walked.places;
    }
  }
  const { places, matches } = await gatherPart(db, part, listed, reading, count, known === null);
  if (matches !== null && matches <= fewMatches) memory.note(key, 'gather');
  return places;
}

/** `places`: null where walking finds too few. `window`: so many rows were walked. */
async function walkPart(db: Kysely<Database>, walk: Walk, listed: Listed, reading: Reading, { window, count }: { readonly window: number; readonly count: number }): Promise<{ readonly places: readonly Place[] | null; readonly window: number }> {
  const found = new Map<number, Place>();
  let walked = 0;
  let bound = reading.bound;
  const first = windowOf(Math.max(window, count));
  for (let next = first; walked + next <= Math.max(widestWindow, first); next = windowOf(((count - found.size) / found.size) * walked * 1.6)) {
    const from = { ...reading, bound };
    for (const place of await walkWindow(db, walk, listed, from, next, count - found.size)) found.set(place.id, place);
    walked += next;
    if (found.size === count) return { places: [...found.values()], window: walked };
    // Nothing at the beginning of a list: the matches are rare, and its end is far.
    if (found.size === 0 && bound === null) break;
    bound = await endOfWindow(db, walk, from, next);
    if (bound === null) return { places: [...found.values()], window: walked };
  }
  return { places: null, window: walked };
}

function windowOf(rows: number): number {
  return windowSizes.find((size) => size >= rows) ?? Math.ceil(rows);
}

/** The limit of the walk keeps the planner from finding the matches in another way than in order. */
async function walkWindow(db: Kysely<Database>, walk: Walk, listed: Listed, reading: Reading, window: number, count: number): Promise<readonly Place[]> {
  const way = direction(reading.descending);
  const { rows } = await sql<Place>`
    ${keptWhileAsked} select a.id, a.walked_key::text as key from (${walk.rows(reading, window)}) a
    where ${listed.conditionOfThere} order by a.walked_key ${way}, a.id ${way} limit ${count}::int`.execute(db);
  return rows;
}

/** The last row of a window; null where the part ends within it. */
async function endOfWindow(db: Kysely<Database>, walk: Walk, reading: Reading, window: number): Promise<Bound | null> {
  const { rows } = await sql<Place>`${keptWhileAsked} select e.id, e.walked_key::text as key from (${walk.ordered(reading, window)}) e offset ${sql.lit(window - 1)}`.execute(db);
  return rows[0] ?? null;
}

/** `counted`: says how many matches the whole part has. */
async function gatherPart(db: Kysely<Database>, part: ListPart, listed: Listed, reading: Reading, count: number, counted: boolean): Promise<{ readonly places: readonly Place[]; readonly matches: number | null }> {
  const way = direction(reading.descending);
  const { rows } = await sql<Place & { readonly matches: number | null }>`
    with matching as materialized (select ${sql.join(['id', ...part.columns].map((column) => sql.ref(`a.${column}`)))} from account a where ${listed.condition})
    select a.id, (${part.key})::text as key, ${counted ? sql`(select count(*) from matching)` : sql`null::int8`} as matches from matching a ${part.join}
    where ${part.within} and ${beyond(part, part.key, sql`a.id`, reading)}
    order by ${part.key} ${way}, a.id ${way} limit ${count}::int`.execute(db);
  return { places: rows, matches: rows.length === 0 ? null : (rows[0]?.matches ?? null) };
}
