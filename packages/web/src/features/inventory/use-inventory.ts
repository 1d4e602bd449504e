import { useMemo } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { api, readOptions, useRead } from '../../api/index.ts';
import type { GridCursor, GridPage, GridSource } from '../../ui/index.ts';
import { defaultPeriod } from './inventory-search.ts';
import type { InventorySearch } from './inventory-search.ts';

export type Page = RouteAnswer<typeof routes.inventory.page>;
export type Row = Page['rows'][number];
export type ResourceColumn = Page['columns'][number];
export type ResolvedPeriod = Page['period'];
export type UsageCounts = RouteAnswer<typeof routes.inventory.totals>['items'][number];

const pageSize = 100;

export interface Inventory {
  readonly source: GridSource<Row>;
  readonly resources: readonly ResourceColumn[];
  readonly period: ResolvedPeriod | null;
  readonly totals: ReadonlyMap<number, UsageCounts>;
  /** Accounts that match; null while it is counted. */
  readonly total: number | null;
  readonly error: Error | null;
}

/** Reads what an inventory screen shows: pages, columns, counts. `q` is the query as the server is asked. */
export function useInventory(q: string, search: InventorySearch, isReadable: boolean): Inventory {
  const queries = useQueryClient();
  const period = search.period ?? defaultPeriod;
  const asOf = search.asOf === undefined ? {} : { asOf: search.asOf };
  const question = { q, period, ...asOf };
  const order = { sort: search.sort ?? ('name' as const), ...(search.by === undefined ? {} : { sortResourceId: search.by }) };
  const key = JSON.stringify([question, order]);
  const firstPage = readOptions(routes.inventory.page, { query: { ...question, ...order, limit: pageSize } });
  const first = useQuery({ ...firstPage, enabled: isReadable, placeholderData: keepPreviousData });
  const totals = useQuery({ ...readOptions(routes.inventory.totals, { query: question }), enabled: isReadable, placeholderData: keepPreviousData });
  const counted = useRead(routes.inventory.count, { query: question }, { isEnabled: isReadable });
  const isCapped = counted.data?.exact === false;
  const exactly = useRead(routes.inventory.count, { query: { ...question, exact: 'true' } }, { isEnabled: isReadable && isCapped });
  const total = isCapped ? (exactly.data?.accounts ?? null) : (counted.data?.accounts ?? null);

  const source = useMemo<GridSource<Row>>(() => {
    const asked = { ...question, ...order, limit: pageSize };
    const page = async (where: object, signal: AbortSignal): Promise<GridPage<Row>> => {
      const { rows, next, previous } = await api.call(routes.inventory.page, { query: { ...asked, ...where } }, { signal });
      return { rows, next, previous };
    };
    const fetchPage = async (cursor: GridCursor, signal: AbortSignal): Promise<GridPage<Row>> => {
      if (cursor !== null) return page(cursor, signal);
      const { rows, next } = await queries.fetchQuery(firstPage);
      return { rows, next, previous: null };
    };
    const seek = (index: number, signal: AbortSignal): Promise<GridPage<Row>> => page({ near: total === null || total === 0 ? 0 : Math.min(1, index / total) }, signal);
    return { key: `${key}${String(isReadable)}`, total: isReadable ? total : 0, pageSize, fetchPage, ...(total !== null && total > 2_000 ? { seek } : {}) };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the question and the order: they are new objects each time
  }, [key, total, queries, isReadable]);

  const byResource = useMemo(() => new Map((totals.data?.items ?? []).map((one) => [one.resourceId, one])), [totals.data]);
  return { source, resources: first.data?.columns ?? none, period: first.data?.period ?? totals.data?.period ?? null, totals: byResource, total, error: first.error ?? counted.error };
}

const none: readonly ResourceColumn[] = [];
