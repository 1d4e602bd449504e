import type { sortOrders } from '@rollcall/contract';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { notActive, latestActive } from './order-last-active.ts';
import { accountPart, byName } from './order-parts.ts';
import type { ListPart } from './order-parts.ts';
import type { DayRange } from './sorted-days.ts';

export type SortOrder = (typeof sortOrders)[number];

/** A total order of the accounts: the parts stand one after the other. */
export interface ListOrder {
  /** Stands in cursors, so that a cursor is never used with another order. */
  readonly name: string;
  readonly parts: readonly [ListPart, ...ListPart[]];
}

export interface SortedBy {
  /** The order's name. */
  readonly name: string;
  /** The apps whose dates `lastActive` sorts by. */
  readonly resourceIds: readonly number[];
  /** Where in this order matches can lie. */
  readonly days: DayRange;
  /** What every match fulfils, and a small index by name holds. */
  readonly narrowed: RawBuilder<boolean>;
}

/**
 * Accounts without a date come after those with one, whichever way the dates are sorted.
 */
export function listOrder(sort: SortOrder, { name, resourceIds, days, narrowed }: SortedBy): ListOrder {
  const descending = sort.startsWith('-');
  switch (sort) {
    case 'name':
    case '-name':
      return { name, parts: [byName(descending, narrowed)] };
    case 'email':
    case '-email':
      return { name, parts: [accountPart({ descending, keyType: 'text', key: sql`a.sort_email`, columns: ['sort_email'], within: sql<boolean>`true` })] };
    case 'added':
    case '-added':
      return {
        name,
        parts: [
          accountPart({ descending, keyType: 'date', key: sql`a.added_on`, columns: ['added_on'], within: sql<boolean>`a.added_on is not null` }),
          accountPart({ descending: false, keyType: 'text', key: sql`a.sort_name`, columns: ['sort_name', 'added_on'], within: sql<boolean>`a.added_on is null` }),
        ],
      };
    case 'lastActive':
    case '-lastActive':
      return { name, parts: [latestActive(resourceIds, descending, days), notActive(resourceIds)] };
  }
}
