import { routes, sortOrders } from '@rollcall/contract';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import { download } from '../connection/download.ts';
import type { Context, Session } from '../context.ts';
import { counted } from '../terminal/words.ts';
import { fixedColumnNames, inventoryColumns, inventoryTable, periodText, totalsTable } from './inventory-table.ts';
import type { ResourceColumn, Row } from './inventory-table.ts';
import { queryOf, withQuestion } from './question.ts';
import type { QuestionOptions } from './question.ts';

interface InventoryOptions extends QuestionOptions {
  readonly columns?: readonly string[];
  readonly sort: (typeof sortOrders)[number];
  readonly limit: number;
  readonly all?: true;
  readonly format: 'table' | 'csv' | 'xlsx' | 'json';
  readonly output?: string;
  readonly count?: true;
  readonly totals?: true;
}

const pageSize = 500;

/** `rollcall inventory [QUERY]` */
export function inventoryCommand(context: Context): Command {
  const made = command('inventory', 'List accounts with, per app and site, whether and when they used it', [
    'rollcall inventory --app jira --site acme --non-users',
    "rollcall inventory 'app = jira AND usage = inactive' --period 90d --all",
    'rollcall inventory --app jira --inactive --count',
    'rollcall inventory --totals --period last-6-months',
    'rollcall inventory --app confluence --never --format xlsx --output never.xlsx',
  ]).argument('[query]', 'which accounts; everybody when left out');
  return withQuestion(made)
    .option('--columns <names>', `columns by name, with commas: ${fixedColumnNames.join(', ')}, and apps by key`, names)
    .addOption(new Option('--sort <order>', 'order; - for descending').choices(sortOrders).default('name'))
    .option('--limit <number>', 'at most this many rows in a table or in JSON', limit, 50)
    .option('--all', 'every row')
    .addOption(new Option('--format <format>', 'csv, xlsx and json are the export: every row that matches').choices(['table', 'csv', 'xlsx', 'json']).default('table'))
    .option('--output <file>', 'write the export to a file')
    .addOption(new Option('--count', 'print only how many match').conflicts('totals'))
    .option('--totals', 'print how many are active, inactive, never accessed and unknown per app')
    .action(online(context, inventory));
}

async function inventory(session: Session, text: string | undefined, options: InventoryOptions): Promise<void> {
  const question = { q: queryOf(text, options), period: options.period, ...(options.asOf === undefined ? {} : { asOf: options.asOf }) };
  if (options.count === true) return count(session, question);
  if (options.totals === true) return totals(session, question);
  if (options.format !== 'table') {
    const query = { ...question, sort: options.sort, format: options.format, ...(options.columns === undefined ? {} : { columns: options.columns.join(',') }) };
    return download(session.client, session, routes.inventory.export, { query }, options.output);
  }
  return rows(session, question, options);
}

interface Question {
  readonly q: string;
  readonly period: string;
  readonly asOf?: string;
}

async function count({ client, answer }: Session, question: Question): Promise<void> {
  const found = await client.call(routes.inventory.count, { query: { ...question, exact: 'true' } });
  answer(found, () => `${found.accounts}\n`);
}

async function totals(session: Session, question: Question): Promise<void> {
  const [found, page] = await Promise.all([
    session.client.call(routes.inventory.totals, { query: question }),
    session.client.call(routes.inventory.page, { query: { ...question, limit: 1 } }),
  ]);
  session.answer(found, () => `${periodText(found.period)}\n${totalsTable(found, page.columns, session)}`);
}

async function rows(session: Session, question: Question, options: InventoryOptions): Promise<void> {
  const wanted = options.all === true ? Number.POSITIVE_INFINITY : options.limit;
  const progress = session.progress();
  const kept: Row[] = [];
  let after: string | undefined;
  for (;;) {
    const limit = Math.min(pageSize, wanted - kept.length);
    const page = await session.client.call(routes.inventory.page, { query: { ...question, sort: options.sort, limit, after } });
    kept.push(...page.rows);
    progress.show({ text: 'accounts', done: kept.length, total: null });
    if (page.next !== null && kept.length < wanted) {
      after = page.next;
      continue;
    }
    progress.end();
    session.answer({ rows: kept, period: page.period, columns: page.columns, more: page.next !== null }, () => inventoryTable(kept, inventoryColumns(options.columns, shownApps(page.columns, kept)), session));
    if (!session.json) session.note(`${periodText(page.period)}. ${page.next === null ? counted(kept.length, 'account') : `The first ${kept.length}; --all shows every one, --count says how many.`}`);
    return;
  }
}

/** Apps that nobody listed has are left out, so that a question about one app stays narrow. */
function shownApps(columns: readonly ResourceColumn[], rows: readonly Row[]): readonly ResourceColumn[] {
  const held = new Set(rows.flatMap(({ cells }) => cells.filter(({ usage }) => usage !== 'none').map(({ resourceId }) => resourceId)));
  return columns.filter(({ resourceId }) => held.has(resourceId));
}

function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

function limit(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number above 0.');
  return number;
}
