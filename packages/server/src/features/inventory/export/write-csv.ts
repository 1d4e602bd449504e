import type { InventoryRow } from '../account-rows.ts';
import type { ExportCell, ExportColumn } from './export-columns.ts';

const byteOrderMark = '\uFEFF';

/**
 * RFC 4180 with a byte order mark, so that Excel reads Japanese. A text that a spreadsheet would take for a formula gets an apostrophe
 * in front (OWASP, "CSV Injection").
 */
export async function* writeCsv(columns: readonly ExportColumn[], batches: AsyncIterable<readonly InventoryRow[]>): AsyncGenerator<string, void> {
  yield `${byteOrderMark}${columns.map(({ title }) => field(safe(title))).join(',')}\r\n`;
  for await (const batch of batches) {
    yield batch.map((row) => `${columns.map((column) => cellText(column.cell(row))).join(',')}\r\n`).join('');
  }
}

function cellText(cell: ExportCell): string {
  return cell === null ? '' : cell.kind === 'day' ? cell.value : field(safe(cell.value));
}

const formulaStart = /^[=+\-@\t\r]/u;
function safe(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

const needsQuotes = /[",\r\n]/u;
function field(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
