import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { FormattedNumber } from '../../i18n/index.ts';
import { Card, Link, Metric, Page, Stack } from '../../ui/index.ts';
import { AppUsage } from './app-usage.tsx';
import { Checklist } from './checklist.tsx';
import type { Home } from './home-data.ts';
import { OpenRuns, RecentPlans } from './recent-work.tsx';
import { SourceHealth } from './source-health.tsx';
import './home.css';

/** How everything is, and what to do next. */
export function HomeScreen(): ReactNode {
  const { t } = useLingui();
  const home = useRead(routes.session.home, {}, { refreshMs: 15_000 });
  return (
    <Page title={t`Home`}>
      <Reading of={home}>{(found) => <HomeBody home={found} />}</Reading>
    </Page>
  );
}

function HomeBody({ home }: { readonly home: Home }): ReactNode {
  const { t } = useLingui();
  const isStarted = home.gettingStarted.every((step) => step.done);
  const started = <Card title={t`Getting started`} actions={<Link to="/getting-started">{t`On a page of its own`}</Link>}><Checklist home={home} /></Card>;
  if (home.sources.length === 0) return started;
  const reclaimable = home.apps.reduce((sum, app) => sum + app.inactive + app.never, 0);
  return (
    <Stack gap={16}>
      <div className="home-grid">
        <Stack gap={16}>
          <Card>
            <div className="home-metrics">
              <Metric label={t`Accounts`} value={<FormattedNumber value={home.accounts} />} />
              <Metric label={t`App accesses nobody uses`} value={<FormattedNumber value={reclaimable} />} note={t`inactive or never accessed`} />
              <Metric label={t`Unknown`} value={<FormattedNumber value={home.apps.reduce((sum, app) => sum + app.unknown, 0)} />} note={<Trans>never counted as inactive</Trans>} />
            </div>
          </Card>
          {home.apps.length > 0 && <AppUsage home={home} />}
          <RecentPlans home={home} />
        </Stack>
        <Stack gap={16}>
          <OpenRuns home={home} />
          <SourceHealth home={home} />
          {!isStarted && started}
        </Stack>
      </div>
    </Stack>
  );
}
