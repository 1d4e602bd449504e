import type { InventoryRow } from '../account-rows.ts';
import type { ExportCell, ExportColumn } from './export-columns.ts';

/** Rows that a sheet holds, the heading included (Excel's specification). */
export const sheetRowLimit = 1_048_576;
/** Characters that a cell holds. */
const cellLimit = 32_767;

const open = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>';

/** The XML of the sheet, heading frozen, a piece for each batch. */
export async function* sheetChunks(columns: readonly ExportColumn[], batches: AsyncIterable<readonly InventoryRow[]>): AsyncGenerator<string, void> {
  yield `${open}<row>${columns.map(({ title }) => textCell(title, ' s="2"')).join('')}</row>`;
  for await (const batch of batches) yield batch.map((row) => `<row>${columns.map((column) => cellXml(column.cell(row))).join('')}</row>`).join('');
  yield '</sheetData></worksheet>';
}

function cellXml(cell: ExportCell): string {
  if (cell === null) return '<c/>';
  return cell.kind === 'day' ? `<c s="1"><v>${serialDay(cell.value)}</v></c>` : textCell(cell.value, '');
}

function textCell(text: string, style: string): string {
  return `<c t="inlineStr"${style}><is><t xml:space="preserve">${escapeXml(text.slice(0, cellLimit))}</t></is></c>`;
}

/** Days since 30 December 1899, as Excel counts them. */
function serialDay(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
}

// What XML 1.0 cannot hold, halves of a cut surrogate pair included.
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
function escapeXml(text: string): string {
  return text.replaceAll(impossible, '').replaceAll(/[&<>"\r]/gu, (character) => escapes[character] ?? character);
}
