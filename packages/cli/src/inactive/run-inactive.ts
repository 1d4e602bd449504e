import type { Writable } from 'node:stream';
import { AccountTable, ExportRefused, openExport } from '@rollcall/connectors/csv';
import type { OpenedExport } from '@rollcall/connectors/csv';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { chooseResources, knownResources } from './choose-resources.ts';
import { answerFrom } from './inactive-answer.ts';
import type { InactiveAnswer } from './inactive-answer.ts';
import { progressBar } from './progress-bar.ts';
import { askedPeriod, dayOption, periodOption } from './question.ts';
import type { InactiveQuestion } from './question.ts';
import { openFile } from './read-file.ts';
import { summaryText } from './summary-text.ts';
import { UsageError } from './usage-error.ts';
import { writeAnswer } from './write-answer.ts';

interface InactiveOutputs {
  readonly out: Writable;
  readonly err: Writable;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `rollcall inactive FILE.csv`: answers from an export alone, without server or database, in memory that grows with the accounts only. Rows go to
 * `out`, the summary to `err` (in JSON it is part of the answer). Exit code 0, or 2 with a sentence on `err` for a file or an option that cannot be taken.
 */
export async function runInactive(question: InactiveQuestion, outputs: InactiveOutputs): Promise<ExitCode> {
  try {
    const answer = await answerInactive(question, outputs);
    await writeAnswer(answer, question.format, outputs.out);
    if (question.format !== 'json') outputs.err.write(summaryText(answer.summary));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof ExportRefused)) throw error;
    outputs.err.write(`${error.message}\n`);
    return exitCodes.usage;
  }
}

/** The answer itself. Throws `UsageError` and `ExportRefused` for what cannot be taken. */
async function answerInactive(question: InactiveQuestion, outputs: Pick<InactiveOutputs, 'err' | 'signal'>): Promise<InactiveAnswer> {
  const spec = periodOption(question.inactiveFor);
  const asOf = dayOption('--as-of', question.asOf);
  const exportedOn = dayOption('--exported', question.exported);
  const file = await openFile(question.file);
  const bar = progressBar(outputs.err, file.bytes, () => performance.now());
  const opened = await openExport(file.chunks, {
    exportedOn,
    fileName: question.file,
    modifiedAt: file.modifiedAt,
    signal: outputs.signal,
    onBytes: (bytes) => bar.at(bytes),
  });
  const { table, formBroken } = await readTable(opened, question).finally(() => bar.done());
  const exported = opened.exportDate;
  if (exported === null) throw new UsageError('Nothing says when this file was exported. Give the day with --exported.');
  if (table.resources.length === 0) throw new UsageError(`No account of this file has that app on ${JSON.stringify(question.site)}. ${knownResources(opened.layout)}`);
  const { log } = opened;
  return answerFrom({
    file: question.file,
    table,
    asked: askedPeriod(spec, exported, asOf),
    status: question.status ?? 'active',
    never: question.never ?? null,
    report: { rows: table.rows + formBroken, brokenRows: log.brokenRows, problemTotals: log.totals, problems: log.problems },
  });
}

async function readTable(opened: OpenedExport, question: InactiveQuestion): Promise<{ table: AccountTable; formBroken: number }> {
  const rows = opened.steps((row) => table.add(row));
  let table: AccountTable;
  try {
    table = new AccountTable(opened, chooseResources(opened.layout, question.app, question.site));
  } catch (error) {
    await rows.return();
    throw error;
  }
  for await (const _ of rows) continue;
  const { log } = opened;
  return { table, formBroken: log.brokenRows - (log.totals.wrongFieldCount ?? 0) - (log.totals.noIdentity ?? 0) };
}
