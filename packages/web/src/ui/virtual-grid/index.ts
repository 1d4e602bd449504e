export { VirtualGrid } from './virtual-grid.tsx';
export type { VirtualGridProps } from './virtual-grid.tsx';
export type { GridColumn, GridSort } from './grid-column.ts';
export type { GridCursor, GridPage, GridSource } from './grid-source.ts';
export { allMatchingSelection, emptySelection, selectionCount } from './grid-selection.ts';
export type { GridSelection } from './grid-selection.ts';
