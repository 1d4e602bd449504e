import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { formatNumber } from '../../i18n/index.ts';
import { runItemStateNames } from '../../words/states.ts';
import type { Run } from './is-over.ts';
import type { ItemState } from './run-search.ts';

const route = getRouteApi('/shell/run-logs/$runId');
const inOrder: readonly ItemState[] = ['verified', 'alreadySo', 'applied', 'intent', 'skipped', 'failed', 'uncertain', 'cancelled', 'pending'];

/** How the people of a run stand: a bar, and a button for each state that narrows the rows. */
export function RunStates({ run }: { readonly run: Run }): ReactNode {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const present = inOrder.filter((state) => run.totals[state] > 0);
  const label = present.map((state) => `${i18n._(runItemStateNames[state])} ${formatNumber(i18n.locale, run.totals[state])}`).join(', ');
  const show = (state: ItemState): void => {
    const { state: before, ...rest } = search;
    void navigate({ search: before === state ? rest : { ...rest, state }, replace: true });
  };
  return (
    <>
      <div className="run-bar" role="img" aria-label={label}>
        {present.filter((state) => state !== 'pending').map((state) => (
          <span key={state} data-state={state} style={{ width: `${(run.totals[state] / Math.max(1, run.totals.total)) * 100}%` }} />
        ))}
      </div>
      <div className="run-states" role="group" aria-label={t`By result`}>
        {present.map((state) => (
          <button key={state} type="button" className="run-state" aria-pressed={search.state === state} onClick={() => show(state)}>
            {i18n._(runItemStateNames[state])} <b>{formatNumber(i18n.locale, run.totals[state])}</b>
          </button>
        ))}
      </div>
    </>
  );
}
