import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ChevronDown, Link2, Pencil, Save, SaveAll, Trash2 } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMay, useRead, useWrite } from '../../api/index.ts';
import { Button, Menu, showFlag } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import type { InventorySearch } from './inventory-search.ts';
import { defaultPeriod, defaultQuery, readInventorySearch } from './inventory-search.ts';
import { useViewName } from './view-names.ts';

export type SavedView = RouteAnswer<typeof routes.inventory.views>['items'][number];
const ViewDialog = lazy(() => import('./view-dialog.tsx').then(({ ViewDialog: component }) => ({ default: component })));

export interface ViewsMenuProps {
  readonly search: InventorySearch;
  readonly onOpen: (search: InventorySearch) => void;
}

/** What a saved view keeps of the address. */
function viewSearch(search: InventorySearch): SavedView['search'] {
  return {
    q: search.q ?? defaultQuery, period: search.period ?? defaultPeriod,
    ...(search.sort === undefined ? {} : { sort: search.sort }), ...(search.columns === undefined ? {} : { columns: search.columns.split(',') }),
  };
}

/** Saved views: shipped and own; saving, renaming, deleting, sharing. */
export function ViewsMenu({ search, onOpen }: ViewsMenuProps): ReactNode {
  const { t } = useLingui();
  const mayChange = useMay('plan');
  const viewName = useViewName();
  const problem = useProblem();
  const [dialog, setDialog] = useState<'save' | 'rename' | 'remove' | null>(null);
  const views = useRead(routes.inventory.views, {}).data?.items ?? [];
  const change = useWrite(routes.inventory.changeView, [routes.inventory.views]);
  const current = views.find(({ id }) => id === search.view);
  const own = views.filter(({ builtIn }) => !builtIn);
  const shipped = views.filter(({ builtIn }) => builtIn);
  const isOwn = current !== undefined && !current.builtIn;
  const copyLink = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.href);
    showFlag({ tone: 'success', title: t`Link copied`, description: t`Whoever may see these sources sees the same.` });
  };
  const update = (): void => {
    if (current === undefined) return;
    change.mutate(
      { params: { viewId: current.id }, body: { search: asBody(viewSearch(search)) } },
      { onSuccess: () => showFlag({ tone: 'success', title: t`View saved` }), onError: (error) => showFlag({ tone: 'error', ...flagOf(problem(error)) }) },
    );
  };
  const act = (id: string): void => {
    const view = views.find((one) => one.id === id);
    if (view !== undefined) onOpen(searchOf(view));
    else if (id === 'update') update();
    else if (id === 'link') void copyLink();
    else if (id === 'save' || id === 'rename' || id === 'remove') setDialog(id);
  };
  const item = (view: SavedView) => ({ id: view.id, label: viewName(view), isSelected: view.id === search.view });
  const changes = [
    { id: 'save', label: t`Save as a view…`, icon: <SaveAll aria-hidden /> },
    ...(isOwn ? [{ id: 'update', label: t`Save the changes`, icon: <Save aria-hidden /> }, { id: 'rename', label: t`Rename…`, icon: <Pencil aria-hidden /> }, { id: 'remove', label: t`Delete…`, icon: <Trash2 aria-hidden />, isDanger: true }] : []),
  ];
  return (
    <>
      <Menu
        label={t`Views`}
        trigger={<Button iconAfter={<ChevronDown aria-hidden />}>{current === undefined ? t`Views` : viewName(current)}</Button>}
        groups={[
          ...(own.length === 0 ? [] : [{ id: 'own', heading: t`Saved views`, items: own.map(item) }]),
          ...(shipped.length === 0 ? [] : [{ id: 'shipped', heading: t`Shipped views`, items: shipped.map(item) }]),
          { id: 'change', items: [...(mayChange ? changes : []), { id: 'link', label: t`Copy link`, icon: <Link2 aria-hidden /> }] },
        ]}
        onAction={act}
      />
      {dialog !== null && (
        <Suspense>
          <ViewDialog kind={dialog} view={current} search={viewSearch(search)} onClose={() => setDialog(null)} onSaved={(view) => onOpen(searchOf(view))} onRemoved={() => onOpen({ ...search, view: undefined })} />
        </Suspense>
      )}
    </>
  );
}

function searchOf({ id, search }: SavedView): InventorySearch {
  return readInventorySearch({ ...search, columns: search.columns?.join(','), view: id });
}

/** The contract's body wants one of its sort orders; what is not one is left out. */
export function asBody(search: SavedView['search']) {
  const { sort } = readInventorySearch(search);
  return { q: search.q, period: search.period, ...(sort === undefined ? {} : { sort }), ...(search.columns === undefined ? {} : { columns: [...search.columns] }) };
}

export function flagOf(problem: { readonly title: string; readonly detail: string }) {
  return { title: problem.title, description: problem.detail };
}
