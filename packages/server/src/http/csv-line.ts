/** Characters by which spreadsheets take a cell for a formula. */
const formulaStart = /^[=+\-@\t\r]/u;

/**
 * One CSV line with its line end. A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP: CSV injection); cells with separators,
 * quotes or line breaks are quoted.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  const safe = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
