import { memo } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { classNames } from '../class-names.ts';
import { Skeleton } from '../skeleton.tsx';
import { GridCheckbox } from './grid-checkbox.tsx';
import type { GridColumn } from './grid-column.ts';

export interface GridRowProps<Row> {
  readonly gridId: string;
  readonly index: number;
  /** Place inside the surface, CSS pixels. */
  readonly top: number;
  readonly height: number;
  /** Undefined while it is on its way. */
  readonly row: Row | undefined;
  readonly name: string | undefined;
  readonly columns: readonly GridColumn<Row>[];
  readonly isSelectable: boolean;
  readonly isSelected: boolean;
  /** Column of the active cell if it is in this row, else -1. */
  readonly activeColumn: number;
  readonly onToggle: (index: number, isShift: boolean) => void;
  readonly onActivate: (index: number, column: number) => void;
}

function GridRowView<Row>({ gridId, index, top, height, row, name, columns, isSelectable, isSelected, activeColumn, onToggle, onActivate }: GridRowProps<Row>): ReactNode {
  const { t } = useLingui();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      {...(isSelectable ? { 'aria-selected': isSelected } : {})}
      className={classNames('rc-grid-row rc-grid-body-row', isSelected && 'rc-grid-selected', activeColumn >= 0 && 'rc-grid-active-row')}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {isSelectable && (
        <div role="gridcell" className="rc-grid-cell rc-grid-check">
          {row !== undefined && <GridCheckbox label={t`Select ${name ?? ''}`} isChecked={isSelected} onToggle={(isShift) => onToggle(index, isShift)} />}
        </div>
      )}
      {columns.map((column, place) => (
        <div
          key={column.id}
          id={`${gridId}-${index}-${place}`}
          role="gridcell"
          className={classNames('rc-grid-cell', place === 0 && 'rc-grid-sticky', column.align === 'end' && 'rc-grid-end', activeColumn === place && 'rc-grid-active')}
          onMouseDown={() => onActivate(index, place)}
        >
          {row === undefined ? <Skeleton width={`${40 + ((index * 7 + place * 13) % 45)}%`} height={12} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `memo` loses the type parameter; the cast gives it back.
export const GridRow = memo(GridRowView) as typeof GridRowView;
