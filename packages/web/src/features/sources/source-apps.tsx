import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { FormattedNumber } from '../../i18n/index.ts';
import { Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import type { Source } from './source-draft.ts';

type App = Source['apps'][number];

/** The apps on their sites, with the seats where the source says them. */
export function SourceApps({ source }: { readonly source: Source }): ReactNode {
  const { t } = useLingui();
  const columns: readonly TableColumn<App>[] = [
    { id: 'app', header: t`App`, isRowHeader: true, cell: (app) => app.title },
    { id: 'site', header: t`Site`, cell: (app) => (app.site === '' ? '–' : app.site) },
    { id: 'used', header: t`Seats used`, align: 'end', cell: (app) => (app.seatsUsed === null ? '–' : <FormattedNumber value={app.seatsUsed} />) },
    { id: 'limit', header: t`Seats`, align: 'end', cell: (app) => (app.seatsLimit === null ? '–' : <FormattedNumber value={app.seatsLimit} />) },
  ];
  return <Table label={t`Apps and seats`} columns={columns} rows={source.apps} rowKey={(app) => String(app.resourceId)} empty={t`Known after the first sync.`} />;
}
