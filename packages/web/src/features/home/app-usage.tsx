import { useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CivilDate, formatNumber, FormattedNumber } from '../../i18n/index.ts';
import { Button, Card, Link, Stack, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { usageNames } from '../../words/usage.ts';
import type { Home } from './home-data.ts';
import './home.css';

type App = Home['apps'][number];
const classes = ['active', 'inactive', 'never', 'unknown'] as const;
type UseClass = (typeof classes)[number];

/** Per app how many of its holders use it: a bar each, or the same as a table. */
export function AppUsage({ home }: { readonly home: Home }): ReactNode {
  const { t } = useLingui();
  const [isTable, setTable] = useState(false);
  return (
    <Card title={t`Who uses which app`} actions={<Button spacing="compact" appearance="subtle" isSelected={isTable} aria-pressed={isTable} onPress={() => setTable(!isTable)}>{isTable ? t`Show as bars` : t`Show as table`}</Button>}>
      <Stack gap={16}>
        <p className="rc-small rc-subtle">
          <Trans>
            Last 3 months: <CivilDate date={home.period.from} /> – <CivilDate date={home.period.to} />. Active accounts that hold the app; one on two sites counts twice.
          </Trans>
        </p>
        {isTable ? <UsageTable apps={home.apps} period={home.period.text} /> : <UsageBars apps={home.apps} period={home.period.text} />}
      </Stack>
    </Card>
  );
}

interface AppsProps {
  readonly apps: readonly App[];
  readonly period: string;
}

function UsageBars({ apps, period }: AppsProps): ReactNode {
  const { i18n } = useLingui();
  return (
    <div className="home-apps">
      <ul className="home-legend" aria-hidden>
        {classes.map((name) => (
          <li key={name}>
            <span className={`home-key home-${name}`} />
            {i18n._(usageNames[name])}
          </li>
        ))}
      </ul>
      {apps.map((app) => (
        <div key={app.app}>
          <div className="home-app-head">
            <span className="rc-strong">{app.title}</span>
            <ReclaimLink app={app} period={period} />
          </div>
          <Bar app={app} />
        </div>
      ))}
    </div>
  );
}

function Bar({ app }: { readonly app: App }): ReactNode {
  const { i18n } = useLingui();
  const words = classes.map((name) => `${i18n._(usageNames[name])} ${formatNumber(i18n.locale, app[name])}`).join(', ');
  return (
    <div className="home-bar" role="img" aria-label={`${app.title}: ${words}`} title={words}>
      {classes
        .filter((name) => app[name] > 0)
        .map((name) => {
          const style: CSSProperties = { flexGrow: app[name] };
          return <span key={name} className={`home-${name}`} style={style} />;
        })}
    </div>
  );
}

/** The inventory narrowed to the app's non-users: inactive and never accessed. */
function ReclaimLink({ app, period }: { readonly app: App; readonly period: string }): ReactNode {
  const { t, i18n } = useLingui();
  const count = app.inactive + app.never;
  const holders = formatNumber(i18n.locale, app.holders);
  if (count === 0) return <span className="rc-subtle">{t`All ${holders} use it, as far as is known`}</span>;
  const shown = formatNumber(i18n.locale, count);
  return (
    <Link to="/inventory" search={{ q: nonUsers(app, ['inactive', 'never']), period }}>
      {t`${shown} of ${holders} do not use it`}
    </Link>
  );
}

function nonUsers(app: App, usages: readonly UseClass[]): string {
  return `status = active AND app = "${app.app}" AND usage IN (${usages.join(', ')})`;
}

function UsageTable({ apps, period }: AppsProps): ReactNode {
  const { t, i18n } = useLingui();
  const columns: readonly TableColumn<App>[] = [
    { id: 'app', header: t`App`, isRowHeader: true, cell: (app) => app.title },
    { id: 'holders', header: t`Hold it`, align: 'end', cell: (app) => <FormattedNumber value={app.holders} /> },
    ...classes.map((name): TableColumn<App> => ({
      id: name,
      header: i18n._(usageNames[name]),
      align: 'end',
      cell: (app) => (
        <Link to="/inventory" search={{ q: nonUsers(app, [name]), period }} aria-label={`${app.title}, ${i18n._(usageNames[name])}: ${formatNumber(i18n.locale, app[name])}`}>
          <FormattedNumber value={app[name]} />
        </Link>
      ),
    })),
  ];
  return <Table label={t`Who uses which app`} columns={columns} rows={apps} rowKey={(app) => app.app} />;
}
