/** How a field stood in the file. */
export const plain = 0;
export const quoted = 1;
export const quotedWithQuotes = 2;

/**
 * One row as byte ranges, valid only while it is being handed over: the splitter reuses all of it. Field `i` is
 * `bytes[starts[i] .. ends[i])`, without its quotes; `forms[i]` is {@link plain}, {@link quoted} or {@link quotedWithQuotes}.
 */
export interface RowView {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly forms: Uint8Array;
  /** Number of fields. */
  readonly count: number;
  /** The line the row starts on, as an editor numbers lines (first line 1). */
  readonly line: number;
}

/** The text of a field, with doubled quotes made single; '' for a field that the row does not have. */
export function fieldText(row: RowView, index: number): string {
  if (index < 0 || index >= row.count) return '';
  const text = row.bytes.toString('utf8', row.starts[index], row.ends[index]);
  return row.forms[index] === quotedWithQuotes ? text.replaceAll('""', '"') : text;
}

/** The texts of all fields. */
export function rowTexts(row: RowView): string[] {
  const texts: string[] = [];
  for (let index = 0; index < row.count; index += 1) texts.push(fieldText(row, index));
  return texts;
}

/** A line without any text: empty, or separators only as spreadsheets leave them. */
export function isBlankRow(row: RowView): boolean {
  for (let index = 0; index < row.count; index += 1) {
    if ((row.ends[index] ?? 0) > (row.starts[index] ?? 0)) return false;
  }
  return true;
}
