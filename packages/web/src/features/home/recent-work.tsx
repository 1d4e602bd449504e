import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { I18n, MessageDescriptor } from '@lingui/core';
import { formatNumber, RelativeTime } from '../../i18n/index.ts';
import { Card, Link, Lozenge, ProgressBar } from '../../ui/index.ts';
import { actionNames } from '../../words/actions.ts';
import { planStateNames, planStateTones, runStateNames } from '../../words/states.ts';
import type { Home } from './home-data.ts';
import './home.css';

function wordOf(i18n: I18n, words: Readonly<Record<string, MessageDescriptor>>, code: string): string {
  const word = words[code];
  return word === undefined ? code : i18n._(word);
}

/** Runs that are open, with how far they have come. */
export function OpenRuns({ home }: { readonly home: Home }): ReactNode {
  const { t, i18n } = useLingui();
  if (home.openRuns.length === 0) return null;
  return (
    <Card title={t`Open runs`} actions={<Link to="/run-logs">{t`Run logs`}</Link>}>
      <ul className="home-list">
        {home.openRuns.map((run) => (
          <li key={run.runId}>
            <div className="home-row">
              <Link to="/run-logs/$runId" params={{ runId: run.runId }}>
                {wordOf(i18n, actionNames, run.action)}
              </Link>
              <span className="rc-small rc-subtle">{run.sourceName}</span>
            </div>
            <ProgressBar label={wordOf(i18n, runStateNames, run.state)} value={run.done} max={run.total} valueText={`${formatNumber(i18n.locale, run.done)} / ${formatNumber(i18n.locale, run.total)}`} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The newest plans. */
export function RecentPlans({ home }: { readonly home: Home }): ReactNode {
  const { t, i18n } = useLingui();
  if (home.recentPlans.length === 0) return null;
  const tones: Readonly<Record<string, (typeof planStateTones)[keyof typeof planStateTones]>> = planStateTones;
  return (
    <Card title={t`Recent plans`} actions={<Link to="/plans">{t`All plans`}</Link>}>
      <ul className="home-list">
        {home.recentPlans.map((plan) => (
          <li key={plan.planId}>
            <div className="home-row">
              <Link to="/plans/$planId" params={{ planId: plan.planId }}>
                {wordOf(i18n, actionNames, plan.action)}
              </Link>
              <Lozenge appearance={tones[plan.state] ?? 'default'}>{wordOf(i18n, planStateNames, plan.state)}</Lozenge>
            </div>
            <span className="rc-small rc-subtle">
              {plan.sourceName} · {t`People: ${formatNumber(i18n.locale, plan.act)}`} · <RelativeTime at={plan.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
