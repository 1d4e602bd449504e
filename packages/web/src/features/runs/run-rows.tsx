import { Suspense, lazy, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { api } from '../../api/index.ts';
import { Instant } from '../../i18n/index.ts';
import { Lozenge, SearchField, VirtualGrid } from '../../ui/index.ts';
import type { GridColumn, GridSource } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { runItemStateNames, runItemStateTones, useCallWords, useReason } from '../../words/index.ts';
import type { Run } from './is-over.ts';
import { isMoving } from './is-over.ts';

export type RunItem = RouteAnswer<typeof routes.runs.items>['items'][number];
const RunItemDrawer = lazy(() => import('./run-item-drawer.tsx').then(({ RunItemDrawer: component }) => ({ default: component })));
const route = getRouteApi('/shell/run-logs/$runId');
const pageSize = 100;
const liveRefreshMs = 2_000;

/** Per person: state, reason, the vendor's own words. While the run works the rows are read again every other second. */
export function RunRows({ run }: { readonly run: Run }): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const { state, search } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search ?? '');
  const [open, setOpen] = useState<RunItem | null>(null);
  const [changed, setChanged] = useState(0);
  const reason = useReason();
  const call = useCallWords();
  const beat = useBeat(isMoving(run));
  const total = search !== undefined ? null : state === undefined ? run.totals.total : run.totals[state];
  const source = useMemo<GridSource<RunItem>>(() => {
    const asked = { ...(state === undefined ? {} : { state }), ...(search === undefined ? {} : { search }), limit: pageSize };
    return {
      key: JSON.stringify([run.id, asked]), revision: beat + changed, total, pageSize,
      fetchPage: async (cursor, signal) => {
        const { items, next } = await api.call(routes.runs.items, { params: { runId: run.id }, query: { ...asked, ...cursor } }, { signal });
        return { rows: items, next };
      },
    };
  }, [run.id, state, search, total, beat, changed]);
  const columns = useMemo<readonly GridColumn<RunItem>[]>(
    () => [
      {
        id: 'person', header: t`Person`, width: 210, grow: 1,
        cell: (item) => (
          <span className="run-person">
            <a className="rc-link rc-truncate" tabIndex={-1} href={`/accounts/${item.accountId}`} onClick={(event) => { event.preventDefault(); setOpen(item); }}>{item.name ?? item.email ?? item.vendorId}</a>
            <span className="rc-small rc-subtle rc-truncate">{item.email ?? item.vendorId}</span>
          </span>
        ),
      },
      { id: 'state', header: t`Result`, width: 112, cell: (item) => <Lozenge appearance={runItemStateTones[item.state]}>{i18n._(runItemStateNames[item.state])}</Lozenge> },
      { id: 'calls', header: t`Changes`, width: 240, grow: 2, cell: (item) => { const text = item.calls.map(call).join('; '); return <span className="rc-truncate rc-small" title={text}>{text}</span>; } },
      {
        id: 'reason', header: t`Why, and the vendor's own words`, width: 250, grow: 2,
        cell: (item) => {
          const why = item.reason === null ? '' : reason(item.reason);
          const words = item.message ?? item.calls.find(({ vendorMessage }) => vendorMessage !== null)?.vendorMessage ?? '';
          return (
            <span className="run-person rc-small" title={`${why}\n${words}`.trim()}>
              <span className="rc-truncate">{why}</span>
              {words !== '' && <span className="rc-truncate rc-subtle">{words}</span>}
            </span>
          );
        },
      },
      { id: 'at', header: t`When`, width: 168, cell: (item) => <Instant at={item.updatedAt} /> },
    ],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words in the columns change with the language
    [i18n.locale],
  );
  const find = (text: string): void => void navigate({ search: { ...(state === undefined ? {} : { state }), ...(text.trim() === '' ? {} : { search: text.trim() }) }, replace: true });
  return (
    <div className="run-grid">
      <div className="rc-toolbar"><SearchField label={t`Name or e-mail`} value={typed} onChange={setTyped} onSubmit={find} onClear={() => find('')} /></div>
      <VirtualGrid errorText={(failure) => problem(failure).detail} label={t`People of the run`} source={source} columns={columns} rowHeight={48} rowKey={(item) => String(item.id)} rowName={(item) => item.name ?? item.vendorId} onOpenRow={setOpen} empty={t`No rows here.`} />
      {open !== null && (
        <Suspense>
          <RunItemDrawer runId={run.id} listed={open} beat={beat} onChanged={() => setChanged(changed + 1)} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** A number that rises every other second while the run works, and once more when it stops. */
function useBeat(isWorking: boolean): number {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    setBeat((before) => before + 1);
    if (!isWorking) return;
    const timer = setInterval(() => setBeat((before) => before + 1), liveRefreshMs);
    return () => clearInterval(timer);
  }, [isWorking]);
  return beat;
}
