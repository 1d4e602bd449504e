import type { InventoryRow } from '../account-rows.ts';
import { jsonRow } from './export-columns.ts';
import type { ExportChoice } from './export-columns.ts';

/** One array, a line for each account. */
export async function* writeJson(choice: ExportChoice, batches: AsyncIterable<readonly InventoryRow[]>): AsyncGenerator<string, void> {
  let before = '[\n';
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield before + batch.map((row) => JSON.stringify(jsonRow(choice, row))).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
