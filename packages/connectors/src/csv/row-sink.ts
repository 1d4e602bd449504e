import type { RowView } from './row-view.ts';

/** What is wrong with the form of a row. */
export type BrokenRow = 'unclosedQuote' | 'fieldTooLong' | 'rowTooLong' | 'tooManyFields' | 'nulByte';

/** Who receives the rows. A row is valid only during the call. */
export interface RowSink {
  row(row: RowView): void;
  broken(kind: BrokenRow, line: number): void;
}

export interface SplitterLimits {
  readonly columns: number;
  /** Bytes of one field; a longer one makes its row broken. */
  readonly fieldBytes: number;
  /** Bytes of one row, and how far a closing quote is looked for. Bounds the memory. */
  readonly rowBytes: number;
}

export const defaultLimits: SplitterLimits = { columns: 2_000, fieldBytes: 1_048_576, rowBytes: 8_388_608 };
