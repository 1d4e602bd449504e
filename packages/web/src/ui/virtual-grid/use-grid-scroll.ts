import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { listHeight, placeAt, scrolledTo, surfaceHeight } from './scroll-map.ts';
import type { ScrollGeometry, ScrollPlace } from './scroll-map.ts';

export interface GridScrollOptions {
  /** Another key goes back to the top. */
  readonly key: string;
  readonly rowCount: number;
  readonly rowHeightPx: number;
}

export interface GridScroll {
  readonly attach: (element: HTMLElement | null) => void;
  readonly surfaceHeightPx: number;
  /** Taken off a row's place in the list to get its place on the surface; 0 for lists that fit. */
  readonly offsetPx: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly showRow: (index: number) => void;
  /** Brings a cell into view sideways. */
  readonly showCell: (id: string) => void;
}

const headerPx = 40;
const restMs = 160;
const top: ScrollPlace = { surface: 0, list: 0 };

/** Which rows are on the screen while the reader scrolls, and how to get to others. */
export function useGridScroll({ key, rowCount, rowHeightPx }: GridScrollOptions): GridScroll {
  const [element, attach] = useState<HTMLElement | null>(null);
  const [viewportPx, setViewport] = useState(480);
  const [place, setPlace] = useState<ScrollPlace>(top);
  const geometry: ScrollGeometry = { rowCount, rowHeightPx, viewportPx };
  const now = useRef({ geometry, place });
  useLayoutEffect(() => {
    now.current = { geometry, place };
  });

  const goTo = useCallback(
    (list: number) => {
      const next = placeAt(now.current.geometry, list);
      now.current.place = next;
      setPlace(next);
      if (element !== null) element.scrollTop = next.surface;
    },
    [element],
  );

  useEffect(() => {
    if (element === null) return;
    let rest = 0;
    const onScroll = (): void => {
      const next = scrolledTo(now.current.geometry, now.current.place, element.scrollTop);
      now.current.place = next;
      setPlace((before) => (sameRows(before, next, now.current.geometry) ? before : next));
      window.clearTimeout(rest);
      rest = window.setTimeout(() => {
        const { geometry: shape, place: here } = now.current;
        if (listHeight(shape) > surfaceHeight(shape) && Math.abs(placeAt(shape, here.list).surface - here.surface) > 1) goTo(here.list);
      }, restMs);
    };
    const observer = new ResizeObserver(() => setViewport(Math.max(rowHeightPx, element.clientHeight - headerPx)));
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      window.clearTimeout(rest);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [element, goTo, rowHeightPx]);

  useLayoutEffect(() => goTo(0), [goTo, key]);

  const showRow = (index: number): void => {
    const from = index * rowHeightPx;
    const { list } = now.current.place;
    if (from < list) goTo(from);
    else if (from + rowHeightPx > list + viewportPx) goTo(from + rowHeightPx - viewportPx);
  };
  const showCell = (id: string): void => {
    requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  };
  const firstRow = Math.max(0, Math.min(rowCount - 1, Math.floor(place.list / rowHeightPx)));
  const lastRow = Math.max(0, Math.min(rowCount - 1, Math.ceil((place.list + viewportPx) / rowHeightPx) - 1));
  return { attach, surfaceHeightPx: surfaceHeight(geometry), offsetPx: place.list - place.surface, firstRow, lastRow, showRow, showCell };
}

/** Nothing to draw anew while the same rows stay on the screen and lie where they were. */
function sameRows(before: ScrollPlace, next: ScrollPlace, { rowHeightPx }: ScrollGeometry): boolean {
  return Math.floor(before.list / rowHeightPx) === Math.floor(next.list / rowHeightPx) && before.list - before.surface === next.list - next.surface;
}
