import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { classNames } from '../class-names.ts';
import { GridCheckbox } from './grid-checkbox.tsx';
import { narrowestColumnPx } from './grid-column.ts';
import type { GridColumn, GridSort } from './grid-column.ts';

export interface GridHeaderProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly sort: GridSort | undefined;
  readonly onSort: ((sort: GridSort) => void) | undefined;
  readonly onResize: (column: string, widthPx: number) => void;
  readonly widths: Readonly<Record<string, number>>;
  /** Undefined when rows cannot be selected. */
  readonly selectAll: { readonly state: 'none' | 'some' | 'all'; readonly label: string; readonly toggle: () => void } | undefined;
}

export function GridHeader<Row>({ columns, sort, onSort, onResize, widths, selectAll }: GridHeaderProps<Row>): ReactNode {
  return (
    <div role="rowgroup" className="rc-grid-head">
      <div role="row" aria-rowindex={1} className="rc-grid-row rc-grid-head-row">
        {selectAll !== undefined && (
          <div role="columnheader" className="rc-grid-cell rc-grid-check">
            <GridCheckbox label={selectAll.label} isChecked={selectAll.state === 'all'} isIndeterminate={selectAll.state === 'some'} onToggle={selectAll.toggle} isTabStop />
          </div>
        )}
        {columns.map((column, index) => (
          <HeaderCell key={column.id} column={column} isSticky={index === 0} sort={sort} onSort={onSort} onResize={onResize} width={widths[column.id] ?? column.width} />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps<Row> {
  readonly column: GridColumn<Row>;
  readonly isSticky: boolean;
  readonly sort: GridSort | undefined;
  readonly onSort: ((sort: GridSort) => void) | undefined;
  readonly onResize: (column: string, widthPx: number) => void;
  readonly width: number;
}

function HeaderCell<Row>({ column, isSticky, sort, onSort, onResize, width }: HeaderCellProps<Row>): ReactNode {
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const canSort = column.isSortable === true && onSort !== undefined;
  const Arrow = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ArrowUpDown;
  return (
    <div
      role="columnheader"
      className={classNames('rc-grid-cell rc-grid-head-cell', isSticky && 'rc-grid-sticky', column.align === 'end' && 'rc-grid-end')}
      {...(canSort ? { 'aria-sort': direction ?? ('none' as const) } : {})}
    >
      {canSort ? (
        <button type="button" className="rc-grid-sort" data-sorted={direction !== undefined || undefined} onClick={() => onSort({ column: column.id, direction: direction === 'ascending' ? 'descending' : 'ascending' })}>
          <span className="rc-truncate">{column.header}</span>
          <Arrow size={12} aria-hidden />
        </button>
      ) : (
        <span className="rc-truncate">{column.header}</span>
      )}
      {column.headerAction}
      {column.canResize !== false && <Resizer name={column.header} width={width} onResize={(px) => onResize(column.id, px)} />}
    </div>
  );
}

function Resizer({ name, width, onResize }: { readonly name: string; readonly width: number; readonly onResize: (px: number) => void }): ReactNode {
  const { t } = useLingui();
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const handle = event.currentTarget;
    const startX = event.clientX;
    const startWidth = handle.parentElement?.getBoundingClientRect().width ?? width;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => onResize(Math.max(narrowestColumnPx, Math.round(startWidth + moved.clientX - startX)));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0;
    if (step === 0) return;
    event.preventDefault();
    onResize(Math.max(narrowestColumnPx, width + step));
  };
  return (
    <span
      role="separator"
      tabIndex={0}
      className="rc-grid-resizer"
      aria-orientation="vertical"
      aria-label={t`Width of column ${name}`}
      aria-valuenow={Math.round(width)}
      aria-valuemin={narrowestColumnPx}
      aria-valuemax={2000}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}
