import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  readonly id: string;
  /** Plain words: shown in the header and read aloud. */
  readonly header: string;
  /** After the words: a mark that narrows the list, a menu. */
  readonly headerAction?: ReactNode;
  /** CSS pixels; the least the column takes. */
  readonly width: number;
  /** Share of the room left over; 0 (default) keeps the width. */
  readonly grow?: number;
  readonly align?: 'start' | 'end';
  readonly isSortable?: boolean;
  readonly canResize?: boolean;
  /** Links and buttons in cells should have `tabIndex={-1}`: Enter on the cell presses the first of them. */
  readonly cell: (row: Row) => ReactNode;
}

export interface GridSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export const narrowestColumnPx = 64;

export interface GridTracks {
  /** CSS grid-template-columns of every row. */
  readonly tracks: string;
  /** CSS length: what a row takes at least. */
  readonly least: string;
}

/** How wide the columns are. The first one never takes more than half of a phone's width. */
export function columnTracks<Row>(columns: readonly GridColumn<Row>[], widths: Readonly<Record<string, number>>, isSelectable: boolean): GridTracks {
  const sizes = columns.map((column, index) => {
    const px = widths[column.id] ?? column.width;
    const least = index === 0 ? `min(${px}px, 46vw)` : `${px}px`;
    const grow = widths[column.id] === undefined ? (column.grow ?? 0) : 0;
    return { least, track: grow > 0 ? `minmax(${least}, ${grow}fr)` : least };
  });
  const check = isSelectable ? ['40px'] : [];
  return {
    tracks: [...check, ...sizes.map((size) => size.track)].join(' '),
    least: `calc(${[...check, ...sizes.map((size) => size.least)].join(' + ')})`,
  };
}
