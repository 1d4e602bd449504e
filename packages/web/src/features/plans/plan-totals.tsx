import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { Check, Eye, MinusCircle } from 'lucide-react';
import { formatNumber } from '../../i18n/index.ts';
import { Card } from '../../ui/index.ts';
import { useReasonTitle } from '../../words/reason-titles.ts';
import type { Decision } from './plan-search.ts';
import type { Plan } from './plan-screen.tsx';

const route = getRouteApi('/shell/plans/$planId');
const decisions: readonly Decision[] = ['act', 'skip', 'look'];
const takes = new Set(['remove-app-access', 'suspend-access', 'remove-from-group', 'remove-from-organisation']);

/** How many are acted on, left out, and need a look, by reason; what it frees. A click shows those rows. */
export function PlanTotals({ plan, totals }: { readonly plan: Plan; readonly totals: NonNullable<Plan['totals']> }): ReactNode {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const reasonTitle = useReasonTitle();
  const names = { act: t`Act`, skip: t`Skipped`, look: t`Needs a look` };
  const icons = { act: <Check size={14} aria-hidden />, skip: <MinusCircle size={14} aria-hidden />, look: <Eye size={14} aria-hidden /> };
  const show = (decision: Decision, reason?: string): void => {
    const isShown = search.decision === decision && search.reason === reason;
    void navigate({ search: isShown ? {} : { decision, ...(reason === undefined ? {} : { reason }) }, replace: true });
  };
  const reasons = Object.entries(totals.byReason).map(([key, count]) => {
    const [decision = '', reason = ''] = key.includes('.') ? key.split('.') : ['', key];
    return { decision: decisions.find((one) => one === decision), reason, count };
  }).toSorted((a, b) => b.count - a.count);
  const seats = totals.seats.filter(({ people }) => people > 0);
  return (
    <Card title={t`Who and why`}>
      <div className="plan-tiles">
        {decisions.map((decision) => (
          <button key={decision} type="button" className="plan-tile" aria-pressed={search.decision === decision && search.reason === undefined} onClick={() => show(decision)}>
            <span className="plan-tile-number">{formatNumber(i18n.locale, totals[decision])}</span>
            <span className="plan-tile-label">{icons[decision]} {names[decision]}</span>
          </button>
        ))}
      </div>
      <div className="plan-reasons" role="group" aria-label={t`By reason`}>
        {reasons.map(({ decision, reason, count }) => (
          <button key={`${decision ?? ''}.${reason}`} type="button" className="plan-reason" aria-pressed={search.decision === decision && search.reason === reason} onClick={() => decision !== undefined && show(decision, reason)}>
            {decision !== undefined && <span className="plan-reason-icon" role="img" aria-label={names[decision]} title={names[decision]}>{icons[decision]}</span>}
            <span>{reasonTitle(reason)}</span>
            <span>{formatNumber(i18n.locale, count)}</span>
          </button>
        ))}
      </div>
      {seats.length > 0 && (
        <div className="rc-stack rc-gap-4">
          <h3 className="rc-message-title">{takes.has(plan.action) ? <Trans>Seats freed</Trans> : <Trans>Seats taken</Trans>}</h3>
          {seats.map(({ app, title, site, people }) => (
            <div key={`${app}${site}`} className="rc-inline rc-gap-8">
              <span>{title}</span>
              <span className="rc-subtle">{site}</span>
              <span className="rc-numeric rc-strong"><Plural value={people} one="# seat" other="# seats" /></span>
            </div>
          ))}
        </div>
      )}
      <p className="rc-small rc-subtle"><Trans>The plan makes <Plural value={totals.calls} one="# change" other="# changes" /> at the vendor, each read again before and after.</Trans></p>
    </Card>
  );
}
