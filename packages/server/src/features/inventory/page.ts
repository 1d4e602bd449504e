import type { RouteResult, inventoryRoutes } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Database } from '../../db/index.ts';
import { compileQuery, isWithinSmallGroup } from '../query/index.ts';
import { readInventoryRows } from './account-rows.ts';
import type { AskedInventory } from './ask.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Position } from './cursor.ts';
import { findPositions } from './find-page.ts';
import type { Listed } from './find-page.ts';
import { narrowing } from './narrowing.ts';
import { jumpNear } from './near.ts';
import { listOrder } from './order.ts';
import type { ListOrder, SortOrder } from './order.ts';
import { sortedDays } from './sorted-days.ts';
import { visibleAccounts, withinLimits } from './visible-accounts.ts';
import { createWalkMemory, gathersAtOnce } from './walk-memory.ts';
import type { WalkMemory } from './walk-memory.ts';

export interface PageQuestion {
  readonly sort: SortOrder;
  readonly sortResourceId?: number | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** A share of the list, 0 to 1. */
  readonly near?: number | undefined;
  readonly limit: number;
}

/** The members of groups that are no larger are gathered at once: to meet enough of them on the way through all accounts would take longer. */
const fewMembers = 1_000;

/** A page of the inventory. Throws RequestProblem `badRequest` for a foreign cursor or an app that is not shown. `memory`: of the pages before, where there are any. */
export async function readPage(db: Kysely<Database>, asked: AskedInventory, question: PageQuestion, memory: WalkMemory = createWalkMemory()): Promise<RouteResult<typeof inventoryRoutes.page>> {
  const order = orderOf(asked, question);
  const listed = listedBy(asked);
  const few = await isWithinSmallGroup(db, asked.query, listed.workspaceId, fewMembers);
  const page = await findPage(db, asked, order, listed, question, few ? gathersAtOnce : memory);
  const rows = await readInventoryRows(db, asked, page.positions.map(({ id }) => id));
  const first = page.positions[0];
  const last = page.positions.at(-1);
  return {
    rows,
    next: page.more && last !== undefined ? writeCursor(last) : null,
    previous: page.earlier && first !== undefined ? writeCursor(first) : null,
    offset: page.offset,
    period: asked.period,
    columns: [...asked.columns],
  };
}

/** The order of a question; for paging and for the export alike. */
export function orderOf({ query, context, columns }: AskedInventory, { sort, sortResourceId }: Pick<PageQuestion, 'sort' | 'sortResourceId'>): ListOrder {
  const shown = columns.map(({ resourceId }) => resourceId);
  const narrowed = narrowing(query);
  if (sortResourceId === undefined || !sort.endsWith('lastActive')) return listOrder(sort, { name: sort, resourceIds: shown, days: { from: null, to: null }, narrowed });
  if (shown.includes(sortResourceId)) return listOrder(sort, { name: `${sort}:${sortResourceId}`, resourceIds: [sortResourceId], days: sortedDays(query, context, sortResourceId), narrowed });
  throw new RequestProblem({ code: 'badRequest', title: 'No such app', detail: 'The app to sort by is not in the inventory. Choose one of its columns.', fields: [{ path: 'sortResourceId', message: 'Names an app that is not there.' }] });
}

/** The accounts of a question that the asker may see. */
export function listedBy({ query, context }: AskedInventory): Listed {
  const { isTrue } = compileQuery(query, context);
  return {
    workspaceId: context.workspaceId,
    condition: sql<boolean>`${visibleAccounts(context)} and ${isTrue}`,
    conditionOfThere: sql<boolean>`${withinLimits(context)} and ${isTrue}`,
    asked: JSON.stringify([query.where, context.period.from, context.period.to, context.allowedResourceIds]),
  };
}

interface FoundPage {
  readonly positions: readonly Position[];
  readonly earlier: boolean;
  readonly more: boolean;
  readonly offset: number | null;
}

async function findPage(db: Kysely<Database>, asked: AskedInventory, order: ListOrder, listed: Listed, question: PageQuestion, memory: WalkMemory): Promise<FoundPage> {
  const { after, before, near, limit } = question;
  if ([after, before, near].filter((one) => one !== undefined).length > 1) {
    throw new RequestProblem({ code: 'badRequest', title: 'Two positions', detail: 'Give one of after, before and near.' });
  }
  if (before !== undefined) {
    const start = { position: readCursor(before, order.name), backward: true };
    const positions = await findPositions(db, order, listed, start, limit + 1, memory);
    return { positions: positions.slice(-limit), earlier: positions.length > limit, more: true, offset: null };
  }
  const jump = near === undefined ? null : await jumpNear(db, asked, order, listed, near, memory);
  const position = after === undefined ? (jump?.position ?? null) : readCursor(after, order.name);
  const positions = await findPositions(db, order, listed, { position, backward: false }, limit + 1, memory);
  // A jump by estimate can land behind the last match: then the end of the list is what was wanted.
  if (positions.length === 0 && jump !== null && position !== null) {
    const end = await findPositions(db, order, listed, { position: null, backward: true }, limit + 1, memory);
    return { positions: end.slice(-limit), earlier: end.length > limit, more: false, offset: jump.offset };
  }
  return { positions: positions.slice(0, limit), earlier: position !== null, more: positions.length > limit, offset: jump?.offset ?? null };
}
