import type { routes, RouteInput } from '@rollcall/contract';

type Sort = NonNullable<NonNullable<RouteInput<typeof routes.inventory.page>['query']>['sort']>;
export const sortOrders: readonly Sort[] = ['name', '-name', 'email', '-email', 'lastActive', '-lastActive', 'added', '-added'];

/** What the inventory shows, all of it in the address, so that a link shows another person the same. */
export interface InventorySearch {
  /** The query; left out: the default view; empty: everybody. */
  readonly q?: string | undefined;
  readonly period?: string | undefined;
  readonly asOf?: string | undefined;
  readonly sort?: Sort | undefined;
  /** The app whose date is sorted by. */
  readonly by?: number | undefined;
  /** Shown columns by id, separated by commas; left out: the usual ones. */
  readonly columns?: string | undefined;
  /** The saved view this started from. */
  readonly view?: string | undefined;
  /** The account whose drawer is open. */
  readonly account?: number | undefined;
  /** `text`: the query is shown as text. */
  readonly face?: 'text' | undefined;
}

export const defaultQuery = 'status = active';
export const defaultPeriod = 'last-3-months';

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Reads the address tolerantly: what is not understood is left out. */
export function readInventorySearch(search: Readonly<Record<string, unknown>>): InventorySearch {
  const known: InventorySearch = {
    q: text(search['q']), period: text(search['period']), asOf: text(search['asOf']), sort: sortOrders.find((order) => order === search['sort']),
    by: positive(search['by']), columns: text(search['columns']), view: text(search['view']), account: positive(search['account']), face: search['face'] === 'text' ? 'text' : undefined,
  };
  // Members that are not there stay out of the address.
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
