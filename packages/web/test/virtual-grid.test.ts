import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRowSelected, selectionCount, withRows, allMatchingSelection, emptySelection } from '../src/ui/virtual-grid/grid-selection.ts';
import type { GridCursor, GridSource } from '../src/ui/virtual-grid/grid-source.ts';
import { PageStore } from '../src/ui/virtual-grid/page-store.ts';
import { maxSurfacePx, placeAt, scrolledTo, surfaceHeight } from '../src/ui/virtual-grid/scroll-map.ts';

/** The store yields to the browser between reading and drawing: a task each. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

function numbers(total: number, asked: GridCursor[], canSeek = false): GridSource<number> {
  const page = (start: number) => {
    const rows = Array.from({ length: Math.max(0, Math.min(10, total - start)) }, (_, offset) => start + offset);
    return { rows, next: start + 10 < total ? String(start + 10) : null, previous: start > 0 ? String(start - 10) : null };
  };
  const source = {
    key: 'numbers',
    total,
    pageSize: 10,
    fetchPage: (cursor: GridCursor) => {
      asked.push(cursor);
      return Promise.resolve(page(cursor === null ? 0 : Number('after' in cursor ? cursor.after : cursor.before)));
    },
  };
  return canSeek ? { ...source, seek: (index: number) => Promise.resolve(page(index)) } : source;
}

async function wanted(store: PageStore<number>, first: number, last: number): Promise<readonly (number | undefined)[]> {
  store.subscribe(() => undefined);
  store.want(first, last);
  for (let turn = 0; turn < 400; turn += 1) await settle();
  return Array.from({ length: last - first + 1 }, (_, offset) => store.row(first + offset));
}

describe('pages', () => {
  test('walks forward through cursors to a row not seen yet, and knows the end when it meets it', async () => {
    const asked: GridCursor[] = [];
    const source = numbers(35, asked);
    const store = new PageStore<number>(() => source);
    expect(await wanted(store, 30, 34)).toEqual([30, 31, 32, 33, 34]);
    expect(asked).toEqual([null, { after: '10' }, { after: '20' }, { after: '30' }]);
    expect(store.rowCount(1000)).toBe(35);
    expect(store.knownTotal(1000)).toBe(35);
  });

  test('jumps where the server can seek, and goes backwards from there by the previous cursor', async () => {
    const asked: GridCursor[] = [];
    const source = numbers(1_000_000, asked, true);
    const store = new PageStore<number>(() => source);
    expect(store.rowCount(1_000_000)).toBe(1_000_000);
    expect(await wanted(store, 500_000, 500_003)).toEqual([500_000, 500_001, 500_002, 500_003]);
    expect(await wanted(store, 499_995, 499_996)).toEqual([499_995, 499_996]);
    expect(asked).toEqual([{ before: '499990' }]);
  });

  test('keeps a bounded number of pages and reads dropped ones again', async () => {
    const asked: GridCursor[] = [];
    const source = numbers(2000, asked);
    const store = new PageStore<number>(() => source);
    await wanted(store, 1000, 1005);
    const before = asked.length;
    expect(store.row(3)).toBeUndefined();
    expect(await wanted(store, 0, 3)).toEqual([0, 1, 2, 3]);
    expect(asked.length).toBe(before + 1);
  });

  test('aborts a request whose rows nobody waits for any more', async () => {
    const signals: AbortSignal[] = [];
    const source: GridSource<number> = {
      key: 'slow',
      total: 1000,
      pageSize: 10,
      fetchPage: () => Promise.reject(new Error('not asked')),
      seek: (index, signal) => {
        signals.push(signal);
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
          if (index === 900) resolve({ rows: [900], next: null });
        });
      },
    };
    const store = new PageStore<number>(() => source);
    store.subscribe(() => undefined);
    store.want(500, 505);
    store.want(900, 900);
    for (let turn = 0; turn < 10; turn += 1) await settle();
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
    expect(store.row(900)).toBe(900);
    expect(store.error).toBeNull();
  });

  test('an error stays until it is tried again', async () => {
    let isBroken = true;
    const source: GridSource<number> = { key: 'broken', total: 3, pageSize: 10, fetchPage: () => (isBroken ? Promise.reject(new Error('no connection')) : Promise.resolve({ rows: [1, 2, 3], next: null })) };
    const store = new PageStore<number>(() => source);
    await wanted(store, 0, 2);
    expect(store.error?.message).toBe('no connection');
    isBroken = false;
    store.retry();
    expect(await wanted(store, 0, 2)).toEqual([1, 2, 3]);
    expect(store.error).toBeNull();
  });
});

describe('scrolling', () => {
  const geometry = fc.record({ rowCount: fc.integer({ min: 1000, max: 5_000_000 }), rowHeightPx: fc.integer({ min: 24, max: 60 }), viewportPx: fc.integer({ min: 200, max: 900 }) });

  test('the surface stays below what a browser clamps, and every row can be reached', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (shape, share) => {
        expect(surfaceHeight(shape)).toBeLessThanOrEqual(maxSurfacePx);
        const furthest = shape.rowCount * shape.rowHeightPx - shape.viewportPx;
        const place = placeAt(shape, share * furthest);
        expect(place.list).toBeCloseTo(share * furthest, 5);
        expect(place.surface).toBeGreaterThanOrEqual(0);
        expect(place.surface).toBeLessThanOrEqual(surfaceHeight(shape) - shape.viewportPx);
        expect(placeAt(shape, furthest + 999).list).toBe(furthest);
      }),
    );
  });

  test('a small movement moves as far in the list; the thumb at the end shows the last row', () => {
    fc.assert(
      fc.property(geometry, fc.integer({ min: 0, max: 100 }), (shape, moved) => {
        const start = placeAt(shape, (shape.rowCount * shape.rowHeightPx) / 2);
        expect(scrolledTo(shape, start, start.surface + moved).list - start.list).toBeCloseTo(moved, 5);
        const end = scrolledTo(shape, start, surfaceHeight(shape) - shape.viewportPx);
        expect(Math.ceil((end.list + shape.viewportPx) / shape.rowHeightPx)).toBe(shape.rowCount);
      }),
    );
  });
});

test('all matching but some is counted and told apart from rows chosen one by one', () => {
  const all = withRows(allMatchingSelection, ['a', 'b'], false);
  expect([isRowSelected(all, 'a'), isRowSelected(all, 'z'), selectionCount(all, 100), selectionCount(all, null)]).toEqual([false, true, 98, null]);
  expect(selectionCount(withRows(all, ['a'], true), 100)).toBe(99);
  const some = withRows(withRows(emptySelection, ['a', 'b'], true), ['a'], false);
  expect([isRowSelected(some, 'a'), isRowSelected(some, 'b'), selectionCount(some, null)]).toEqual([false, true, 1]);
});
