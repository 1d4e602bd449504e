import { displayWidth, fitted, terminalSafe } from '../inactive/display-width.ts';
import type { Colour, Paint } from './paint.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  readonly align?: 'left' | 'right';
  readonly colour?: (row: Row) => Colour | null;
  /** Columns of a terminal at most; longer texts are cut with an ellipsis. Default 48. */
  readonly widest?: number;
}

/** A compact table aligned by display width (East Asian wide characters count two). One line per row, with a line end after each. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], paint: Paint): string {
  const laid = columns.map((column) => layOut(column, rows));
  const lines = [
    paint('bold', laid.map(({ title, width, right }, at) => placed(title, width, right, at === laid.length - 1)).join('  ').trimEnd()),
    ...rows.map((row, index) => laid.map((column, at) => painted(column, row, index, at === laid.length - 1, paint)).join('  ').trimEnd()),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

interface LaidOut<Row> {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly texts: readonly string[];
  readonly column: Column<Row>;
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[]): LaidOut<Row> {
  const texts = rows.map((row) => textOf(column.value(row)));
  const width = Math.min(column.widest ?? 48, Math.max(displayWidth(column.title), ...texts.map(displayWidth), 0));
  return { title: column.title, width, right: column.align === 'right', texts, column };
}

function textOf(value: string | number | null): string {
  if (value === null) return '';
  return typeof value === 'number' ? value.toLocaleString('en-US') : terminalSafe(value);
}

function painted<Row>({ width, right, texts, column }: LaidOut<Row>, row: Row, index: number, last: boolean, paint: Paint): string {
  const text = placed(texts[index] ?? '', width, right, last);
  const colour = column.colour?.(row) ?? null;
  return colour === null ? text : paint(colour, text);
}

function placed(text: string, width: number, right: boolean, last: boolean): string {
  const missing = width - displayWidth(text);
  if (right && missing >= 0) return ' '.repeat(missing) + text;
  return last && missing >= 0 ? text : fitted(text, width);
}

/** Label and value below each other: `Name      Acme`. Null values are left out. */
export function facts(pairs: readonly (readonly [label: string, value: string | number | null])[]): string {
  const shown = pairs.filter(([, value]) => value !== null);
  const width = Math.max(0, ...shown.map(([label]) => displayWidth(label)));
  return shown.map(([label, value]) => `${fitted(label, width)}  ${textOf(value)}\n`).join('');
}
