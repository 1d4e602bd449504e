import type { routes, RouteAnswer } from '@rollcall/contract';
import type { Usage } from '@rollcall/core';
import type { Output } from '../terminal/output.ts';
import type { Colour } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import type { Column } from '../terminal/table.ts';

export type Page = RouteAnswer<typeof routes.inventory.page>;
export type Row = Page['rows'][number];
export type ResourceColumn = Page['columns'][number];
export type Totals = RouteAnswer<typeof routes.inventory.totals>;
export type ResolvedPeriod = Page['period'];

export const usageWords: Readonly<Record<Usage, string>> = { active: 'active', lowUsage: 'low usage', inactive: 'inactive', never: 'never', unknown: 'unknown', none: '' };
const usageColours: Readonly<Record<Usage, Colour | null>> = { active: 'green', lowUsage: 'cyan', inactive: 'yellow', never: 'yellow', unknown: 'dim', none: null };

const fixed: Readonly<Record<string, Column<Row>>> = {
  name: { title: 'Name', value: (row) => row.name ?? row.vendorId, widest: 28 },
  email: { title: 'E-mail', value: (row) => row.email ?? '', widest: 36 },
  status: { title: 'Status', value: (row) => row.status },
  type: { title: 'Type', value: (row) => row.accountType },
  managed: { title: 'Managed', value: (row) => row.claim },
  added: { title: 'Added', value: (row) => row.addedOn ?? '' },
  roles: { title: 'Roles', value: (row) => row.platformRoles.join(', ') },
  accountId: { title: 'Account id', value: (row) => row.vendorId },
  protected: { title: 'Protected', value: (row) => (row.exempt ? 'exempt' : (row.protectedBy ?? '')) },
};
export const fixedColumnNames = Object.keys(fixed);
const usual = ['name', 'email', 'status'];

/** The columns asked for by name or resource id; all apps of the question when nothing is asked for. */
export function inventoryColumns(asked: readonly string[] | undefined, apps: readonly ResourceColumn[]): readonly Column<Row>[] {
  const sites = new Set(apps.map(({ site }) => site));
  const ofApp = (app: ResourceColumn): Column<Row> => ({
    title: sites.size > 1 ? `${app.title} (${app.site})` : app.title,
    value: (row) => cellText(row, app.resourceId),
    colour: (row) => usageColours[cellOf(row, app.resourceId)?.usage ?? 'none'],
  });
  if (asked === undefined) return [...usual.flatMap((name) => fixed[name] ?? []), ...apps.map(ofApp)];
  return asked.flatMap((name) => fixed[name] ?? apps.filter(({ resourceId, app }) => String(resourceId) === name || app === name).map(ofApp));
}

export function inventoryTable(rows: readonly Row[], columns: readonly Column<Row>[], { paint }: Output): string {
  return rows.length === 0 ? 'Nobody matches.\n' : table(columns, rows, paint);
}

/** Per app: how many hold it and how they use it. */
export function totalsTable({ items }: Totals, columns: readonly ResourceColumn[], { paint }: Output): string {
  const named = items.map((item) => ({ ...item, column: columns.find(({ resourceId }) => resourceId === item.resourceId) }));
  type Item = (typeof named)[number];
  return table(
    [
      { title: 'App', value: ({ column }: Item) => column?.title ?? '' },
      { title: 'Site', value: ({ column }) => column?.site ?? '' },
      { title: 'Have access', value: ({ holders }) => holders, align: 'right' },
      { title: 'Active', value: ({ active }) => active, align: 'right', colour: () => 'green' },
      { title: 'Low usage', value: ({ lowUsage }) => lowUsage, align: 'right' },
      { title: 'Inactive', value: ({ inactive }) => inactive, align: 'right', colour: () => 'yellow' },
      { title: 'Never', value: ({ never }) => never, align: 'right', colour: () => 'yellow' },
      { title: 'Unknown', value: ({ unknown }) => unknown, align: 'right' },
    ],
    named,
    paint,
  );
}

/** `Last 3 months: 2026-09-01 to 2026-11-22 (UTC)` */
export function periodText({ text, from, to, timeZone }: ResolvedPeriod): string {
  return `${periodName(text)}: ${from} to ${to} (${timeZone})`;
}

/** `last-3-months` → `Last 3 months`; other periods as they are written. */
export function periodName(text: string): string {
  return /^[a-z]/.test(text) ? text.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()) : text;
}

function cellOf(row: Row, resourceId: number): Row['cells'][number] | undefined {
  return row.cells.find((cell) => cell.resourceId === resourceId);
}

function cellText(row: Row, resourceId: number): string {
  const cell = cellOf(row, resourceId);
  if (cell === undefined || cell.usage === 'none') return '';
  return cell.lastOn === null ? usageWords[cell.usage] : `${usageWords[cell.usage]} ${cell.lastOn}`;
}
