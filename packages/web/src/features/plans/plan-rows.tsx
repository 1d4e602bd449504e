import { Suspense, lazy, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { api } from '../../api/index.ts';
import { Lozenge, VirtualGrid } from '../../ui/index.ts';
import type { GridColumn, GridSource, LozengeAppearance } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { useBeforeWords } from '../../words/before.ts';
import { useCallWords, useEffectWords, useReason } from '../../words/index.ts';
import type { Decision } from './plan-search.ts';
import type { Plan } from './plan-screen.tsx';

export type PlanItem = RouteAnswer<typeof routes.plans.items>['items'][number];
const PlanItemDrawer = lazy(() => import('./plan-item-drawer.tsx').then(({ PlanItemDrawer: component }) => ({ default: component })));
const route = getRouteApi('/shell/plans/$planId');
const pageSize = 100;
export const decisionTones: Readonly<Record<Decision, LozengeAppearance>> = { act: 'inprogress', skip: 'default', look: 'moved' };

/** The rows of a plan: person, decision, reason, before → after, what else it brings. */
export function PlanRows({ plan }: { readonly plan: Plan }): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const { decision, reason } = route.useSearch();
  const [open, setOpen] = useState<PlanItem | null>(null);
  const reasonWords = useReason();
  const callWords = useCallWords();
  const effectWords = useEffectWords();
  const beforeWords = useBeforeWords();
  const totals = plan.totals;
  const total = totals === null ? null : reason !== undefined && decision !== undefined ? (totals.byReason[`${decision}.${reason}`] ?? null) : decision === undefined ? totals.act + totals.skip + totals.look : totals[decision];
  const source = useMemo<GridSource<PlanItem>>(() => {
    const asked = { ...(decision === undefined ? {} : { decision }), ...(reason === undefined ? {} : { reason }), limit: pageSize };
    return {
      key: JSON.stringify([plan.id, plan.state, asked]), total, pageSize,
      fetchPage: async (cursor, signal) => {
        const { items, next } = await api.call(routes.plans.items, { params: { planId: plan.id }, query: { ...asked, ...cursor } }, { signal });
        return { rows: items, next };
      },
    };
  }, [plan.id, plan.state, decision, reason, total]);
  const names = { act: t`Act`, skip: t`Skipped`, look: t`Needs a look` };
  const columns = useMemo<readonly GridColumn<PlanItem>[]>(
    () => [
      {
        id: 'person', header: t`Person`, width: 210, grow: 1,
        cell: (item) => (
          <span className="plan-person">
            <a className="rc-link rc-truncate" tabIndex={-1} href={`/accounts/${item.accountId}`} onClick={(event) => { event.preventDefault(); setOpen(item); }}>{item.name ?? item.email ?? item.vendorId}</a>
            <span className="rc-small rc-subtle rc-truncate">{item.email ?? item.vendorId}</span>
          </span>
        ),
      },
      { id: 'decision', header: t`Decision`, width: 116, cell: (item) => <Lozenge appearance={decisionTones[item.decision]}>{names[item.decision]}</Lozenge> },
      { id: 'reason', header: t`Why`, width: 220, grow: 2, cell: (item) => <span className="rc-truncate" title={reasonWords(item.reason)}>{reasonWords(item.reason)}</span> },
      {
        id: 'change', header: t`Before → after`, width: 270, grow: 2,
        cell: (item) => {
          const before = item.before.map(beforeWords).join('; ');
          const after = item.calls.map(callWords).join('; ');
          return (
            <span className="plan-change rc-small" title={`${before} → ${after}`}>
              <span className="rc-truncate">{before === '' ? '–' : before}</span>
              {after !== '' && <span className="plan-arrow"><ArrowRight size={12} aria-hidden /><span className="rc-truncate">{after}</span></span>}
            </span>
          );
        },
      },
      { id: 'effects', header: t`Also`, width: 160, grow: 1, cell: (item) => <span className="rc-truncate rc-small" title={item.sideEffects.map(effectWords).join(' ')}>{item.sideEffects.map(effectWords).join(' ')}</span> },
    ],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words in the columns change with the language
    [i18n.locale],
  );
  return (
    <div className="plan-grid">
      <VirtualGrid errorText={(failure) => problem(failure).detail} label={t`Rows of the plan`} source={source} columns={columns} rowHeight={48} rowKey={(item) => String(item.seq)} rowName={(item) => item.name ?? item.vendorId} onOpenRow={setOpen} empty={t`No rows here.`} />
      {open !== null && (
        <Suspense>
          <PlanItemDrawer item={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}
