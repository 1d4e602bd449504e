import type { InventoryRow } from '../account-rows.ts';
import type { InventoryColumn } from '../columns.ts';
import { RequestProblem } from '../../../app/problem.ts';

/** A cell of an export: text, a day (`YYYY-MM-DD`) or nothing. */
export type ExportCell = { readonly kind: 'text' | 'day'; readonly value: string } | null;

/** A column of a table: CSV and XLSX. */
export interface ExportColumn {
  readonly title: string;
  readonly cell: (row: InventoryRow) => ExportCell;
}

/** What is exported, in order: facts of the account, and apps. */
export interface ExportChoice {
  readonly facts: readonly FactName[];
  readonly apps: readonly InventoryColumn[];
}

const facts = {
  name: { title: 'Name', cell: (row) => text(row.name) },
  email: { title: 'E-mail', cell: (row) => text(row.email) },
  status: { title: 'Status', cell: (row) => text(row.status) },
  type: { title: 'Account type', cell: (row) => text(row.accountType) },
  managed: { title: 'Managed', cell: (row) => text(row.claim) },
  added: { title: 'Added', cell: (row) => day(row.addedOn) },
  roles: { title: 'Roles', cell: (row) => text(row.platformRoles.join(', ')) },
  accountId: { title: 'Account ID', cell: (row) => text(row.vendorId) },
} as const satisfies Record<string, ExportColumn>;
export type FactName = keyof typeof facts;

function isFact(name: string): name is FactName {
  return Object.hasOwn(facts, name);
}

/** Reads `name,email,12,15`; left out: everything. Throws RequestProblem `badRequest` for a name that is no column. */
export function chooseColumns(asked: string | undefined, shown: readonly InventoryColumn[]): ExportChoice {
  if (asked === undefined || asked.trim() === '') return { facts: Object.keys(facts).filter(isFact), apps: shown };
  const names = asked.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const apps = names.flatMap((name) => shown.find(({ resourceId }) => String(resourceId) === name) ?? []);
  const strange = names.filter((name) => !isFact(name) && !apps.some(({ resourceId }) => String(resourceId) === name));
  if (strange.length > 0) {
    throw new RequestProblem({ code: 'badRequest', title: 'No such column', detail: `There is no column ${strange.slice(0, 3).join(', ')}. Columns are ${Object.keys(facts).join(', ')} and the ids of the apps that are shown.`, fields: [{ path: 'columns', message: 'Names a column that is not there.' }] });
  }
  return { facts: names.filter(isFact), apps };
}

/** Two columns for each app: the class and the date. */
export function tableColumns({ facts: names, apps }: ExportChoice): readonly ExportColumn[] {
  return [
    ...names.map((name) => facts[name]),
    ...apps.flatMap(({ resourceId, title, site }): ExportColumn[] => {
      const cellOf = (row: InventoryRow) => row.cells.find((cell) => cell.resourceId === resourceId);
      return [
        { title: `${title} - ${site}`, cell: (row) => text(usageTitles[cellOf(row)?.usage ?? 'none']) },
        { title: `Last active in ${title} - ${site}`, cell: (row) => day(cellOf(row)?.lastOn ?? null) },
      ];
    }),
  ];
}

const usageTitles = { active: 'Active', lowUsage: 'Low usage', inactive: 'Inactive', never: 'Never accessed', unknown: 'Unknown', none: '' } as const;

/** One account as JSON: the same values, named. */
export function jsonRow({ facts: names, apps }: ExportChoice, row: InventoryRow): Record<string, unknown> {
  const plain = {
    name: row.name, email: row.email, status: row.status, type: row.accountType, managed: row.claim, added: row.addedOn, roles: row.platformRoles, accountId: row.vendorId,
  } satisfies Record<FactName, unknown>;
  const cells = apps.flatMap(({ resourceId, app, site }) => {
    const cell = row.cells.find((one) => one.resourceId === resourceId);
    return cell === undefined || cell.usage === 'none' ? [] : [{ app, site, usage: cell.usage, lastActive: cell.lastOn }];
  });
  return { ...Object.fromEntries(names.map((name) => [name, plain[name]])), apps: cells };
}

function text(value: string | null): ExportCell {
  return value === null || value === '' ? null : { kind: 'text', value };
}

function day(value: string | null): ExportCell {
  return value === null ? null : { kind: 'day', value };
}
