/** One keyset page. `next` and `previous` are opaque cursors; null says there is nothing further that way. */
export interface GridPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous?: string | null;
}

/** Where a page lies: first page (null), the one after a `next`, or the one before a `previous`. Can be spread into a query as it is. */
export type GridCursor = { readonly after: string } | { readonly before: string } | null;

/** Where a VirtualGrid reads its rows. */
export interface GridSource<Row> {
  /** Names what is asked (filter, sort, as-of). Another key drops every row and starts at the top. */
  readonly key: string;
  /** Another number reads what is on the screen again, in place: for rows that change while one looks. */
  readonly revision?: number;
  /** Rows in all, as the server counted them; null while it is not known. */
  readonly total: number | null;
  /** Rows of every page but the last. */
  readonly pageSize: number;
  /** The page at a cursor. Must pass `signal` on: requests nobody waits for any more are aborted. */
  readonly fetchPage: (cursor: GridCursor, signal: AbortSignal) => Promise<GridPage<Row>>;
  /**
   * The page that starts at (about) this row, if the server can find it without walking there. With it the scrollbar
   * covers all rows and can be dragged anywhere; without it the list grows as one scrolls.
   */
  readonly seek?: (index: number, signal: AbortSignal) => Promise<GridPage<Row>>;
}
