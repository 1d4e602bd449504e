import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { Code, ListFilter, UserX } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useChosenSource } from '../../app/chosen-source.ts';
import { useMay, useRead } from '../../api/index.ts';
import { loadAllWords } from '../../i18n/index.ts';
import { AnchoredPopover, Button, EmptyState, LinkButton, Page, SectionMessage, Spinner, Toolbar, VirtualGrid, allMatchingSelection, emptySelection, selectionCount } from '../../ui/index.ts';
import type { GridSelection, GridSort } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { useQueryError } from '../../words/query-errors.ts';
import { BulkActions } from './bulk-actions.tsx';
import { ColumnMenu } from './column-menu.tsx';
import type { Narrowing } from './column-header.tsx';
import { inventoryColumns, resourceTitle } from './columns.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterBar, FilterChips } from './filter-bar.tsx';
import { readQuery, withinSource, writeFilters } from './filters.ts';
import type { Filters } from './filters.ts';
import { defaultPeriod, defaultQuery, sortOrders } from './inventory-search.ts';
import type { InventorySearch } from './inventory-search.ts';
import { narrowedTo, narrowingOf } from './narrowing.ts';
import { PeriodMenu, ResolvedDates } from './period-menu.tsx';
import { useInventory } from './use-inventory.ts';
import type { ResourceColumn, Row } from './use-inventory.ts';
import { ViewsMenu } from './views-menu.tsx';
import './inventory.css';

const QueryEditor = lazy(() => import('./query-editor.tsx').then(({ QueryEditor: component }) => ({ default: component })));
const AccountDrawer = lazy(async () => {
  const [{ AccountDrawer: component }] = await Promise.all([import('./account-drawer.tsx'), loadAllWords()]);
  return { default: component };
});
const ActivityPanel = lazy(() => import('./activity-panel.tsx').then(({ ActivityPanel: component }) => ({ default: component })));
const route = getRouteApi('/shell/inventory');

interface OpenActivity {
  readonly row: Row;
  readonly resource: ResourceColumn;
  readonly anchor: HTMLElement;
}

/** Accounts × apps: who uses what, and the way to act on those who do not. */
export function InventoryScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const queryError = useQueryError();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayPlan = useMay('plan');
  const sources = useRead(routes.sources.list, {}).data?.items;
  const chosenId = useChosenSource();
  const chosen = sources?.find(({ id }) => id === chosenId) ?? null;
  const q = search.q ?? defaultQuery;
  const read = useMemo(() => readQuery(q), [q]);
  const asked = useMemo(() => withinSource(q, chosen?.name ?? null), [q, chosen?.name]);
  const inventory = useInventory(read.kind === 'wrong' ? '' : asked, search, read.kind !== 'wrong');
  const { resources, totals, total } = inventory;
  const [selected, setSelected] = useState<{ readonly key: string; readonly selection: GridSelection }>({ key: '', selection: emptySelection });
  const [activity, setActivity] = useState<OpenActivity | null>(null);
  // Another question, another selection: nobody is carried over unseen.
  const selectionKey = `${asked}|${search.period ?? ''}`;
  const selection = selected.key === selectionKey ? selected.selection : emptySelection;
  const setSelection = useCallback((next: GridSelection) => setSelected({ key: selectionKey, selection: next }), [selectionKey]);

  const change = useCallback((part: InventorySearch): void => void navigate({ search: (before: InventorySearch) => without({ ...before, ...part }), replace: true }), [navigate]);
  const filters = read.kind === 'filters' ? read.filters : null;
  const setFilters = useCallback((next: Filters) => change({ q: writeFilters(next) }), [change]);
  const openAccount = useCallback((account: number) => void navigate({ search: (before: InventorySearch) => ({ ...before, account }) }), [navigate]);
  const openActivity = useCallback((row: Row, resource: ResourceColumn, anchor: HTMLElement) => setActivity({ row, resource, anchor }), []);
  const narrow = useCallback((resource: ResourceColumn, usages: Narrowing) => change({ q: narrowedTo(q, resource, resources, usages) }), [change, q, resources]);

  const shown = useMemo(() => search.columns?.split(',') ?? ['email', ...resources.map(({ resourceId }) => `r${resourceId}`)], [search.columns, resources]);
  const columns = useMemo(
    () => inventoryColumns({ i18n, shown, resources, totals, narrowingOf: (resource) => (filters === null ? [] : narrowingOf(filters, resource)), onNarrow: narrow, onOpenAccount: openAccount, onOpenActivity: openActivity }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words in the columns change with the language
    [i18n, i18n.locale, shown, resources, totals, filters, narrow, openAccount, openActivity],
  );
  const isText = search.face === 'text' || read.kind !== 'filters';
  const count = selectionCount(selection, total);
  const period = search.period ?? defaultPeriod;

  if (sources?.length === 0) return <NoSources />;
  return (
    <Page
      title={t`Inventory`}
      layout="fill"
      titleAfter={inventory.period !== null && <span className="rc-small rc-subtle"><ResolvedDates period={inventory.period} /></span>}
      actions={
        <>
          <Button appearance="subtle" isDisabled={search.face === undefined && read.kind !== 'filters'} iconBefore={isText ? <ListFilter aria-hidden /> : <Code aria-hidden />} onPress={() => change({ face: isText ? undefined : 'text' })}>
            {isText ? t`Filters` : t`Query as text`}
          </Button>
          <ViewsMenu search={search} onOpen={(next) => void navigate({ search: next })} />
          <ColumnMenu resources={resources} shown={shown} onChange={(next) => change({ columns: next === null ? undefined : next.join(',') })} />
          <ExportMenu question={{ q: asked, period, ...(search.asOf === undefined ? {} : { asOf: search.asOf }), sort: search.sort ?? 'name', columns: ['name', ...shown].map((id) => id.replace(/^r(?=\d+$)/, '')).join(',') }} />
        </>
      }
    >
      <div className="inv-bar">
        <Toolbar label={t`Filters`}>
          <PeriodMenu period={period} resolved={inventory.period} onChange={(next) => change({ period: next })} />
          {!isText && filters !== null && <FilterBar filters={filters} onChange={setFilters} />}
        </Toolbar>
        {isText && (
          <Suspense fallback={<Spinner />}>
            <QueryEditor q={q} onChange={(next) => change({ q: next })} />
          </Suspense>
        )}
        {!isText && filters !== null && <FilterChips filters={filters} onChange={setFilters} />}
        {count !== 0 && mayPlan && <BulkActions selection={selection} total={total} q={asked} period={period} resources={resources} sourceName={chosen?.name ?? (sources?.length === 1 ? (sources[0]?.name ?? null) : null)} onSelectAll={() => setSelection(allMatchingSelection)} onClear={() => setSelection(emptySelection)} />}
      </div>
      {read.kind === 'wrong' && <SectionMessage tone="error" title={t`The query cannot be read`}>{queryError(read.error, q)}</SectionMessage>}
      {read.kind !== 'wrong' && (
        <VirtualGrid
          errorText={(failure) => problem(failure).detail}
          label={t`Accounts`}
          source={inventory.source}
          columns={columns}
          rowKey={rowKey}
          rowName={rowName}
          rowHeight={36}
          sort={sortOf(search)}
          onSort={(sort) => change(orderOf(sort))}
          {...(mayPlan ? { selection, onSelectionChange: setSelection } : {})}
          onOpenRow={(row) => openAccount(row.id)}
          empty={<NoMatches onEverybody={() => change({ q: '' })} />}
        />
      )}
      <AnchoredPopover anchor={activity?.anchor ?? null} onClose={() => setActivity(null)} label={t`Days seen active`}>
        {activity !== null && (
          <Suspense fallback={<Spinner />}>
            <ActivityPanel accountId={activity.row.id} name={rowName(activity.row)} resourceId={activity.resource.resourceId} title={resourceTitle(activity.resource, resources)} />
          </Suspense>
        )}
      </AnchoredPopover>
      {search.account !== undefined && (
        <Suspense>
          <AccountDrawer accountId={search.account} period={period} onClose={() => change({ account: undefined })} />
        </Suspense>
      )}
    </Page>
  );
}

function NoSources(): ReactNode {
  const { t } = useLingui();
  return (
    <Page title={t`Inventory`}>
      <EmptyState title={t`Nobody is in the inventory yet`} icon={<UserX aria-hidden />} actions={<LinkButton to="/sources/new" appearance="primary">{t`Add a source`}</LinkButton>}>
        <Trans>Connect an Atlassian organisation or upload an export; the first sync fills the inventory.</Trans>
      </EmptyState>
    </Page>
  );
}

function NoMatches({ onEverybody }: { readonly onEverybody: () => void }): ReactNode {
  const { t } = useLingui();
  return (
    <EmptyState title={t`No account matches`} icon={<UserX aria-hidden />} actions={<Button onPress={onEverybody}>{t`Show everybody`}</Button>}>
      <Trans>Take a filter away, choose another period, or sync the source if it is new.</Trans>
    </EmptyState>
  );
}

function rowKey(row: Row): string {
  return String(row.id);
}

function rowName(row: Row): string {
  return row.name ?? row.email ?? row.vendorId;
}

function without(search: InventorySearch): InventorySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

function sortOf({ sort = 'name', by }: InventorySearch): GridSort {
  const direction = sort.startsWith('-') ? 'descending' : 'ascending';
  const column = sort.replace('-', '');
  return { column: column === 'lastActive' && by !== undefined ? `r${by}` : column, direction };
}

function orderOf({ column, direction }: GridSort): InventorySearch {
  const resource = /^r(\d+)$/.exec(column)?.[1];
  const name = `${direction === 'descending' ? '-' : ''}${resource === undefined ? column : 'lastActive'}`;
  return { sort: sortOrders.find((order) => order === name), by: resource === undefined ? undefined : Number(resource) };
}
