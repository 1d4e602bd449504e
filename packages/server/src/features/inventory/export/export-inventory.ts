import type { RouteRequest, inventoryRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../../app/dependencies.ts';
import { RequestProblem } from '../../../app/problem.ts';
import type { Scope } from '../../../app/scope.ts';
import type { FileAnswer } from '../../../http/handler.ts';
import { recordAudit } from '../../audit/index.ts';
import { askInventory } from '../ask.ts';
import { countAccounts } from '../count.ts';
import { listedBy, orderOf } from '../page.ts';
import { chooseColumns, tableColumns } from './export-columns.ts';
import type { ExportChoice } from './export-columns.ts';
import { openSnapshot, readBatches } from './read-batches.ts';
import type { Snapshot } from './read-batches.ts';
import { writeCsv } from './write-csv.ts';
import { writeJson } from './write-json.ts';
import { writeXlsx } from './write-xlsx.ts';
import { sheetRowLimit } from './xlsx-sheet.ts';

type Question = RouteRequest<typeof inventoryRoutes.export>['query'];

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;

/**
 * What is on the screen as a file: the same query, period, sort and columns, read from one snapshot. Who exported how many rows of what is in the audit
 * trail before the first byte leaves. Throws `badQuery`, `badRequest`, and `tooLarge` for more rows than a sheet holds.
 */
export async function exportInventory(deps: Dependencies, scope: Scope, question: Question, signal: AbortSignal): Promise<FileAnswer> {
  const snapshot = await openSnapshot(deps.db, signal);
  try {
    const asked = await askInventory(snapshot.trx, scope, question, deps.now());
    const choice = chooseColumns(question.columns, asked.columns);
    const order = orderOf(asked, question);
    const listed = listedBy(asked);
    const { accounts } = await countAccounts(snapshot.trx, asked, true);
    if (question.format === 'xlsx' && accounts >= sheetRowLimit) {
      throw new RequestProblem({ code: 'tooLarge', title: 'Too many rows for a sheet', detail: `A sheet holds ${sheetRowLimit - 1} rows; this list has ${accounts}. Export it as CSV, or narrow the query.` });
    }
    await deps.db.transaction().execute((trx) => recordAudit(trx, scope, {
      kind: 'inventory.exported', subjectKind: null, subjectId: null,
      payload: { format: question.format, rows: accounts, q: question.q, period: asked.period, sort: question.sort, columns: question.columns ?? null },
    }, deps.now()));
    return {
      fileName: `rollcall-inventory-${asked.period.asOf}.${question.format}`,
      contentType: contentTypes[question.format],
      rows: accounts,
      chunks: ending(snapshot, write(question.format, choice, readBatches(snapshot.trx, asked, order, listed))),
    };
  } catch (error) {
    await snapshot.end();
    throw error;
  }
}

function write(format: Question['format'], choice: ExportChoice, batches: ReturnType<typeof readBatches>): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return writeCsv(tableColumns(choice), batches);
    case 'xlsx':
      return writeXlsx(tableColumns(choice), batches);
    case 'json':
      return writeJson(choice, batches);
  }
}

async function* ending(snapshot: Snapshot, chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array, void> {
  try {
    yield* chunks;
  } finally {
    await snapshot.end();
  }
}
