import type { MouseEvent, ReactNode } from 'react';
import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Bot, ShieldCheck, ShieldUser } from 'lucide-react';
import { Avatar, Lozenge } from '../../ui/index.ts';
import type { GridColumn } from '../../ui/index.ts';
import { accountStatusNames, accountTypeNames, claimNames, wordOr } from '../../words/accounts.ts';
import { ColumnHeader } from './column-header.tsx';
import type { Narrowing } from './column-header.tsx';
import { UsageMark } from './usage-mark.tsx';
import type { ResourceColumn, Row, UsageCounts } from './use-inventory.ts';

export const detailColumns = ['email', 'status', 'type', 'managed', 'added', 'roles', 'accountId'] as const;
export type DetailColumn = (typeof detailColumns)[number];
export const detailNames: Readonly<Record<DetailColumn, MessageDescriptor>> = {
  email: msg`E-mail`, status: msg`Status`, type: msg`Account type`, managed: msg`Managed`, added: msg`Added`, roles: msg`Roles`, accountId: msg`Account id`,
};

/** "Jira", or "Jira · acme" when the app is there more than once. */
export function resourceTitle(resource: ResourceColumn, all: readonly ResourceColumn[]): string {
  const isTwice = all.some((other) => other.app === resource.app && other.resourceId !== resource.resourceId);
  return isTwice ? `${resource.title} · ${resource.site}` : resource.title;
}

export interface ColumnsOptions {
  readonly i18n: I18n;
  readonly shown: readonly string[];
  readonly resources: readonly ResourceColumn[];
  readonly totals: ReadonlyMap<number, UsageCounts>;
  readonly narrowingOf: (resource: ResourceColumn) => Narrowing;
  readonly onNarrow: (resource: ResourceColumn, usages: Narrowing) => void;
  readonly onOpenAccount: (id: number) => void;
  readonly onOpenActivity: (row: Row, resource: ResourceColumn, anchor: HTMLElement) => void;
}

/** The grid's columns: name, the chosen details, the chosen apps. Keep the result: rows are drawn anew with new columns. */
export function inventoryColumns(options: ColumnsOptions): readonly GridColumn<Row>[] {
  const { i18n, shown, resources } = options;
  const details = detailColumns.filter((id) => shown.includes(id)).map((id) => detailColumn(id, i18n));
  const apps = resources.filter(({ resourceId }) => shown.includes(`r${resourceId}`)).map((resource) => appColumn(resource, options));
  return [nameColumn(options), ...details, ...apps];
}

function nameColumn({ i18n, onOpenAccount }: ColumnsOptions): GridColumn<Row> {
  const open = (event: MouseEvent, id: number): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpenAccount(id);
  };
  return {
    id: 'name', header: i18n._(msg`Name`), width: 208, grow: 2, isSortable: true,
    cell: (row) => (
      <span className="inv-name">
        <Avatar name={row.name ?? row.email ?? '?'} isSquare={row.accountType === 'app'} />
        <a className="rc-link rc-truncate" href={`/accounts/${row.id}`} tabIndex={-1} onClick={(event) => open(event, row.id)}>
          {row.name ?? row.email ?? row.vendorId}
        </a>
        {row.protectedBy !== null && <Flag name={i18n._(msg`Protected`)} icon={<ShieldUser size={14} />} />}
        {row.exempt && <Flag name={i18n._(msg`Exempt`)} icon={<ShieldCheck size={14} />} />}
        {row.looksLikeService && <Flag name={i18n._(msg`Looks like a service account`)} icon={<Bot size={14} />} />}
      </span>
    ),
  };
}

function Flag({ name, icon }: { readonly name: string; readonly icon: ReactNode }): ReactNode {
  return (
    <span className="inv-flag" role="img" aria-label={name} title={name}>
      {icon}
    </span>
  );
}

const widths: Readonly<Record<DetailColumn, number>> = { email: 236, status: 116, type: 124, managed: 104, added: 108, roles: 168, accountId: 212 };

function detailColumn(id: DetailColumn, i18n: I18n): GridColumn<Row> {
  const cells: Readonly<Record<DetailColumn, (row: Row) => ReactNode>> = {
    email: ({ email }) => (email === null ? <span className="rc-subtlest">–</span> : <span className="rc-truncate rc-subtle">{email}</span>),
    status: ({ status }) => <Lozenge appearance={status === 'active' ? 'success' : status === 'unknown' ? 'outline' : 'default'}>{wordOr(i18n, accountStatusNames, status)}</Lozenge>,
    type: ({ accountType }) => wordOr(i18n, accountTypeNames, accountType),
    managed: ({ claim }) => wordOr(i18n, claimNames, claim),
    added: ({ addedOn }) => (addedOn === null ? <span className="rc-subtlest">–</span> : <time dateTime={addedOn} className="rc-numeric">{addedOn}</time>),
    roles: ({ platformRoles }) => <span className="rc-truncate">{platformRoles.length === 0 ? '–' : platformRoles.join(', ')}</span>,
    accountId: ({ vendorId }) => <code className="rc-truncate rc-small">{vendorId}</code>,
  };
  return { id, header: i18n._(detailNames[id]), width: widths[id], grow: id === 'email' ? 1 : 0, isSortable: id === 'email' || id === 'added', cell: cells[id] };
}

const widthOfLetterPx = 6.5;

function appColumn(resource: ResourceColumn, { i18n, resources, totals, narrowingOf, onNarrow, onOpenActivity }: ColumnsOptions): GridColumn<Row> {
  const title = resourceTitle(resource, resources);
  const show = i18n._(msg`Show when active`);
  return {
    id: `r${resource.resourceId}`, header: title, width: Math.max(196, 104 + title.length * widthOfLetterPx), isSortable: true,
    headerAction: <ColumnHeader title={title} counts={totals.get(resource.resourceId)} chosen={narrowingOf(resource)} onNarrow={(usages) => onNarrow(resource, usages)} />,
    cell: (row) => {
      const cell = row.cells.find(({ resourceId }) => resourceId === resource.resourceId);
      if (cell === undefined || cell.usage === 'none') return <span className="inv-none">–</span>;
      return (
        <button type="button" tabIndex={-1} className="inv-cell" title={show} onClick={(event) => onOpenActivity(row, resource, event.currentTarget)}>
          <UsageMark usage={cell.usage} />
          {cell.lastOn !== null && <span className="inv-cell-date">{cell.lastOn}</span>}
        </button>
      );
    },
  };
}
