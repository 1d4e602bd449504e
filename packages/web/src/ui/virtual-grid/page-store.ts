import type { GridCursor, GridPage, GridSource } from './grid-source.ts';

/** Pages kept in memory; farther ones are read again through their cursor. */
const keptPages = 40;
/** Pages one may scroll past the last one seen while the server cannot seek. */
const lookahead = 4;

/**
 * Rows by index over keyset pages. Cursors met on the way are kept (one short string a page), rows in an LRU of pages.
 * One request runs at a time; one that is no longer on the way to a wanted page is aborted.
 */
export class PageStore<Row> {
  readonly #source: () => GridSource<Row>;
  readonly #pageSize: number;
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #cursors = new Map<number, GridCursor>([[0, null]]);
  readonly #listeners = new Set<() => void>();
  #wanted: readonly [number, number] = [0, 0];
  #frontier = 0;
  #end: number | null = null;
  #running: { readonly page: number; readonly abort: AbortController } | null = null;
  /** Pages whose rows may have changed: shown until they are read again. */
  readonly #stale = new Set<number>();
  #error: Error | null = null;
  #version = 0;

  /** `source` is asked at each request, so that a page may change its functions without losing its rows. */
  constructor(source: () => GridSource<Row>) {
    this.#source = source;
    this.#pageSize = source().pageSize;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  get error(): Error | null {
    return this.#error;
  }

  get isLoading(): boolean {
    return this.#running !== null;
  }

  /** Rows that can be scrolled to now. */
  rowCount(total: number | null): number {
    if (this.#end !== null) return this.#end;
    const reachable = (this.#frontier + 1 + lookahead) * this.#pageSize;
    if (total === null) return (this.#frontier + 1) * this.#pageSize;
    return this.#source().seek === undefined ? Math.min(total, reachable) : total;
  }

  /** Rows there are, if that is known: counted to the end, or the server's total. */
  knownTotal(total: number | null): number | null {
    return this.#end ?? total;
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / this.#pageSize))?.[index % this.#pageSize];
  }

  /** Says which rows are on the screen (with a margin); loads what is missing and drops what is far away. */
  want(first: number, last: number): void {
    this.#wanted = [Math.floor(first / this.#pageSize), Math.floor(Math.max(first, last) / this.#pageSize)];
    for (const page of this.#wanted) this.#touch(page);
    if (this.#running !== null && !this.#isOnTheWay(this.#running.page)) this.#running.abort.abort();
    void this.#pump();
  }

  retry(): void {
    this.#error = null;
    void this.#pump();
  }

  /** Reads what is on the screen again; until then the rows stay as they are. */
  refresh(): void {
    for (const page of this.#pages.keys()) this.#stale.add(page);
    void this.#pump();
  }

  /** Aborts what runs; the store is not used afterwards. */
  close(): void {
    this.#listeners.clear();
    this.#running?.abort.abort();
  }

  #touch(page: number): void {
    const rows = this.#pages.get(page);
    if (rows === undefined) return;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
  }

  #isOnTheWay(page: number): boolean {
    return this.#nextPage() === page || (page >= this.#wanted[0] && page <= this.#wanted[1]);
  }

  /** The page to read next, or null when all wanted ones are there. */
  #nextPage(): number | null {
    const lastPage = this.#end === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil(this.#end / this.#pageSize) - 1);
    for (let page = this.#wanted[0]; page <= Math.min(this.#wanted[1], lastPage); page += 1) {
      if (this.#pages.has(page)) continue;
      if (this.#cursors.has(page) || this.#source().seek !== undefined) return page;
      return this.#frontier;
    }
    for (let page = this.#wanted[0]; page <= Math.min(this.#wanted[1], lastPage); page += 1) if (this.#stale.has(page)) return page;
    return null;
  }

  async #pump(): Promise<void> {
    if (this.#running !== null || this.#error !== null) return;
    const page = this.#nextPage();
    if (page === null) return;
    const abort = new AbortController();
    this.#running = { page, abort };
    this.#changed();
    try {
      const result = await this.#read(page, abort.signal);
      // Reading the answer and drawing its rows are two tasks: together they hold up scrolling.
      await nextTask();
      if (!abort.signal.aborted) this.#keep(page, result);
    } catch (error) {
      if (!abort.signal.aborted) this.#error = error instanceof Error ? error : new Error(String(error));
    }
    this.#running = null;
    this.#changed();
    if (this.#listeners.size > 0) void this.#pump();
  }

  #read(page: number, signal: AbortSignal): Promise<GridPage<Row>> {
    const source = this.#source();
    const cursor = this.#cursors.get(page);
    if (cursor !== undefined || source.seek === undefined) return source.fetchPage(cursor ?? null, signal);
    return source.seek(page * this.#pageSize, signal);
  }

  #keep(page: number, result: GridPage<Row>): void {
    this.#pages.set(page, result.rows);
    this.#stale.delete(page);
    this.#frontier = Math.max(this.#frontier, page);
    if (result.previous !== undefined && result.previous !== null && !this.#cursors.has(page - 1)) this.#cursors.set(page - 1, { before: result.previous });
    if (result.next === null) {
      this.#end = page * this.#pageSize + result.rows.length;
    } else {
      this.#cursors.set(page + 1, { after: result.next });
      this.#frontier = Math.max(this.#frontier, page + 1);
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      if (oldest < this.#wanted[0] || oldest > this.#wanted[1]) this.#pages.delete(oldest);
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
