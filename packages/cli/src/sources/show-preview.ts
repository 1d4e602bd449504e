import { terminalSafe } from '../inactive/display-width.ts';
import type { Output } from '../terminal/output.ts';
import { facts } from '../terminal/table.ts';
import { counted } from '../terminal/words.ts';
import type { Upload } from './send-file.ts';

const shownProblems = 5;
const separatorNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/** What was recognised in a file before it is taken. */
export function previewText(upload: Upload, { paint }: Output): string {
  const { preview } = upload;
  if (preview === null) return '';
  const count = Object.values(preview.problemCounts).reduce((sum, one) => sum + one, 0);
  const head = facts([
    ['File', upload.fileName],
    ['Recognised', preview.shapeTitle],
    ['Written as', `${preview.encoding.toUpperCase()}, ${separatorNames[preview.separator] ?? preview.separator} between columns`],
    ['Rows', preview.rows],
    ['Accounts', preview.accounts],
    ['Apps', preview.apps.map(({ title, site, hasAccessColumn }) => `${title}${site === null ? '' : ` on ${site}`}${hasAccessColumn ? '' : ' (no access column)'}`).join(', ') || 'none'],
    ['Days', preview.firstDay === null ? 'no dates' : `${preview.firstDay} to ${preview.lastDay ?? ''}`],
    ['Exported', preview.suggestedExportDay ?? 'unknown: give --exported'],
    ['Columns not used', preview.ignoredColumns.length === 0 ? null : preview.ignoredColumns.join(', ')],
    ['Problems', count === 0 ? 'none' : counted(count, 'row or value', 'rows or values')],
  ]);
  const problems = preview.problems.slice(0, shownProblems).map(({ line, column, message }) => `  line ${line}${column === null ? '' : `, ${column}`}: ${message}`);
  const more = count > problems.length && problems.length > 0 ? ['  … --problems FILE writes all of them'] : [];
  return `${head}${[...problems, ...more].map((line) => `${paint('yellow', terminalSafe(line))}\n`).join('')}`;
}
