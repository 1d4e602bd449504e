import { useCallback, useEffect, useId, useState } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { classNames } from '../class-names.ts';
import { Button } from '../button.tsx';
import { SectionMessage } from '../section-message.tsx';
import { columnTracks } from './grid-column.ts';
import type { GridColumn, GridSort } from './grid-column.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import { allMatchingSelection, emptySelection, isRowSelected, selectionCount, withRows } from './grid-selection.ts';
import type { GridSelection } from './grid-selection.ts';
import type { GridSource } from './grid-source.ts';
import { useGridScroll } from './use-grid-scroll.ts';
import { usePageStore } from './use-page-store.ts';
import './virtual-grid.css';

export interface VirtualGridProps<Row> {
  /** Name of the list for screen readers. */
  readonly label: string;
  readonly source: GridSource<Row>;
  readonly columns: readonly GridColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Name of a row, read aloud with its checkbox. */
  readonly rowName: (row: Row) => string;
  /** CSS pixels; default 40. */
  readonly rowHeight?: number;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  /** With these two, rows have checkboxes and the header one selects all that match. */
  readonly selection?: GridSelection;
  readonly onSelectionChange?: (selection: GridSelection) => void;
  /** Enter on a row whose active cell holds no link or button. */
  readonly onOpenRow?: (row: Row) => void;
  /** Widths chosen by the reader, by column id, to be remembered. */
  readonly widths?: Readonly<Record<string, number>>;
  readonly onWidthsChange?: (widths: Readonly<Record<string, number>>) => void;
  /** What stands where there are no rows. */
  readonly empty?: ReactNode;
  /** Why rows could not be read, in the reader's language; left out: the error's own words. */
  readonly errorText?: (error: Error) => string;
  /** Right side of the line under the grid. */
  readonly footer?: ReactNode;
}

const overscan = 6;
const noWidths: Readonly<Record<string, number>> = {};

/**
 * A list of up to millions of rows: only those on the screen exist. Give it a parent with a height (Page layout "fill").
 * Keys: arrows, Page Up/Down, Home/End move; Space selects (Shift+Space a range); Enter opens; Ctrl+A selects all matching.
 */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>): ReactNode {
  const { label, source, columns, rowKey, rowName, rowHeight = 40, sort, onSort, selection = emptySelection, onSelectionChange, onOpenRow, onWidthsChange, empty, errorText, footer } = props;
  const { t, i18n } = useLingui();
  const gridId = useId();
  const store = usePageStore(source);
  const rowCount = store.rowCount(source.total);
  const total = store.knownTotal(source.total);
  const scroll = useGridScroll({ key: source.key, rowCount, rowHeightPx: rowHeight });
  const [active, setActive] = useState<{ readonly row: number; readonly column: number }>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState(0);
  const [ownWidths, setOwnWidths] = useState(noWidths);
  const widths = props.widths ?? ownWidths;
  const isSelectable = onSelectionChange !== undefined;
  const first = Math.max(0, scroll.firstRow - overscan);
  const last = Math.min(rowCount - 1, scroll.lastRow + overscan);
  useEffect(() => store.want(first, Math.max(first, last)), [store, first, last]);

  const toggle = useCallback(
    (index: number, isShift: boolean) => {
      const row = store.row(index);
      if (onSelectionChange === undefined || row === undefined) return;
      const from = isShift ? Math.min(anchor, index) : index;
      const to = isShift ? Math.max(anchor, index) : index;
      const ids = Array.from({ length: to - from + 1 }, (_, offset) => store.row(from + offset)).flatMap((each) => (each === undefined ? [] : [rowKey(each)]));
      onSelectionChange(withRows(selection, ids, !isRowSelected(selection, rowKey(row))));
      setAnchor(index);
    },
    [anchor, onSelectionChange, rowKey, selection, store],
  );
  const activate = useCallback((row: number, column: number) => setActive({ row, column }), []);

  const moveTo = (row: number, column: number): void => {
    const next = { row: Math.max(0, Math.min(rowCount - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) };
    setActive(next);
    scroll.showRow(next.row);
    scroll.showCell(`${gridId}-${next.row}-${next.column}`);
  };
  const open = (): void => {
    const control = document.getElementById(`${gridId}-${active.row}-${active.column}`)?.querySelector<HTMLElement>('a[href], button');
    const row = store.row(active.row);
    if (control !== null && control !== undefined) control.click();
    else if (row !== undefined) onOpenRow?.(row);
  };
  const selectAll = (): void => onSelectionChange?.(selection.mode === 'allMatching' ? emptySelection : allMatchingSelection);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, scroll.lastRow - scroll.firstRow - 1);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => moveTo(active.row + 1, active.column),
      ArrowUp: () => moveTo(active.row - 1, active.column),
      ArrowRight: () => moveTo(active.row, active.column + 1),
      ArrowLeft: () => moveTo(active.row, active.column - 1),
      PageDown: () => moveTo(active.row + page, active.column),
      PageUp: () => moveTo(active.row - page, active.column),
      Home: () => moveTo(event.ctrlKey ? 0 : active.row, 0),
      End: () => moveTo(event.ctrlKey ? rowCount - 1 : active.row, columns.length - 1),
      Enter: open,
      ' ': () => toggle(active.row, event.shiftKey),
      ...(event.ctrlKey || event.metaKey ? { a: selectAll } : {}),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  const resize = (column: string, px: number): void => {
    const next = { ...widths, [column]: px };
    setOwnWidths(next);
    onWidthsChange?.(next);
  };
  const selected = selectionCount(selection, total);
  const selectAllLabel = total === null ? t`Select all matching rows` : t`Select all ${i18n.number(total)} matching rows`;
  const tracks = columnTracks(columns, widths, isSelectable);
  const style: CSSProperties = { '--rc-grid-tracks': tracks.tracks, '--rc-grid-least': tracks.least };
  const isEmpty = rowCount === 0 || total === 0;
  const indexes = isEmpty ? [] : Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);

  return (
    <div className="rc-grid-frame">
      {store.error !== null && (
        <SectionMessage tone="error" isAnnounced title={t`These rows could not be read`} actions={<Button appearance="link" onPress={() => store.retry()}>{t`Try again`}</Button>}>
          {errorText?.(store.error) ?? store.error.message}
        </SectionMessage>
      )}
      <div
        ref={scroll.attach}
        className={classNames('rc-grid', isSelectable && 'rc-grid-selectable')}
        style={style}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={columns.length + (isSelectable ? 1 : 0)}
        aria-multiselectable={isSelectable}
        aria-busy={store.isLoading}
        aria-activedescendant={active.row >= first && active.row <= last && !isEmpty ? `${gridId}-${active.row}-${active.column}` : undefined}
        onKeyDown={onKeyDown}
      >
        <GridHeader
          columns={columns}
          sort={sort}
          onSort={onSort}
          onResize={resize}
          widths={widths}
          selectAll={isSelectable ? { label: selectAllLabel, toggle: selectAll, state: selected === 0 ? 'none' : selection.mode === 'allMatching' && selection.except.size === 0 ? 'all' : 'some' } : undefined}
        />
        <div role="rowgroup" className="rc-grid-body" style={{ height: isEmpty ? 0 : scroll.surfaceHeightPx }}>
          {indexes.map((index) => {
            const row = store.row(index);
            return (
              <GridRow
                key={index}
                gridId={gridId}
                index={index}
                top={index * rowHeight - scroll.offsetPx}
                height={rowHeight}
                row={row}
                name={row === undefined ? undefined : rowName(row)}
                columns={columns}
                isSelectable={isSelectable}
                isSelected={row !== undefined && isRowSelected(selection, rowKey(row))}
                activeColumn={active.row === index ? active.column : -1}
                onToggle={toggle}
                onActivate={activate}
              />
            );
          })}
        </div>
      </div>
      {isEmpty && !store.isLoading && store.error === null && <div className="rc-grid-empty">{empty ?? <Trans>Nothing to show</Trans>}</div>}
      <div className="rc-grid-foot">
        <span className="rc-numeric">
          {isEmpty ? <Trans>0 rows</Trans> : (total !== null || store.row(scroll.firstRow) !== undefined) && <Position first={scroll.firstRow} last={Math.min(scroll.lastRow, rowCount - 1)} total={total} />}
          {selected !== null && selected > 0 && (
            <>
              {' · '}
              <Plural value={selected} one="# selected" other="# selected" />
            </>
          )}
        </span>
        {footer !== undefined && <span className="rc-grid-foot-end">{footer}</span>}
      </div>
    </div>
  );
}

function Position({ first, last, total }: { readonly first: number; readonly last: number; readonly total: number | null }): ReactNode {
  const { i18n } = useLingui();
  const from = i18n.number(first + 1);
  const to = i18n.number(last + 1);
  if (total === null)
    return (
      <Trans>
        {from}–{to} of more
      </Trans>
    );
  const all = i18n.number(total);
  return (
    <Trans>
      {from}–{to} of {all}
    </Trans>
  );
}
