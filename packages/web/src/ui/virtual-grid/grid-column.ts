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

/** CSS grid tracks of a row. The first column never takes more than half of a phone's width. */
export function columnTracks<Row>(columns: readonly GridColumn<Row>[], widths: Readonly<Record<string, number>>, isSelectable: boolean): string {
  const tracks = columns.map((column, index) => {
    const chosen = widths[column.id];
    const least = index === 0 ? `min(${chosen ?? column.width}px, 46vw)` : `${chosen ?? column.width}px`;
    const grow = chosen === undefined ? (column.grow ?? 0) : 0;
    return grow > 0 ? `minmax(${least}, ${grow}fr)` : least;
  });
  return [...(isSelectable ? ['40px'] : []), ...tracks].join(' ');
}
