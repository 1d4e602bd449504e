import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './display.css';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly align?: 'start' | 'end';
  readonly isRowHeader?: boolean;
  /** What can be done with the row: stays in sight on a phone, where the rest scrolls sideways below it. */
  readonly isAction?: boolean;
  /** CSS width, e.g. "120px" or "30%". */
  readonly width?: string;
  readonly cell: (row: Row) => ReactNode;
}

export interface TableProps<Row> {
  /** Name of the table for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: ReactNode;
}

/** A plain table for up to a few hundred rows; scrolls sideways inside itself. For longer lists use VirtualGrid. */
export function Table<Row>({ label, columns, rows, rowKey, empty }: TableProps<Row>): ReactNode {
  return (
    // What scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    <div className="rc-table-scroll" role="group" aria-label={label} tabIndex={0}>
      <table className="rc-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cellClass(column)} style={column.width === undefined ? {} : { width: column.width }}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.id} className={cellClass(column)} {...(column.isRowHeader === true ? { role: 'rowheader' } : {})}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td className="rc-table-empty" colSpan={columns.length}>
                {empty ?? '–'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function cellClass({ align, isAction }: Pick<TableColumn<never>, 'align' | 'isAction'>): string {
  return classNames(align === 'end' && 'rc-cell-end', isAction === true && 'rc-cell-action');
}
