import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { CivilDate, FormattedNumber, Instant, RelativeTime } from '../../i18n/index.ts';
import { DescriptionList, Stack, Switch } from '../../ui/index.ts';
import type { Fact } from '../../ui/index.ts';
import { sourceKindNames } from '../../words/sources.ts';
import type { Source } from './source-draft.ts';
import { useSyncSchedules } from './use-sync-schedules.ts';

/** What a source is and how it is set up, with the read-only switch. */
export function SourceFacts({ source }: { readonly source: Source }): ReactNode {
  const { t, i18n } = useLingui();
  const mayChange = useMay('sources');
  const schedules = useSyncSchedules(source.syncEveryMinutes);
  const change = useWrite(routes.sources.change, [routes.sources.get, routes.sources.list]);
  const kind = sourceKindNames[source.kind];
  const isFile = source.kind === 'csv';
  const { accounts, lastFullReadAt } = source.health;
  const common: readonly Fact[] = [
    { label: t`Kind`, value: kind === undefined ? source.kind : i18n._(kind) },
    { label: t`Accounts`, value: <FormattedNumber value={accounts} /> },
    { label: isFile ? t`Taken` : t`Last full reading`, value: lastFullReadAt === null ? t`None yet` : <Instant at={lastFullReadAt} /> },
    { label: t`Time zone`, value: source.timeZone },
  ];
  const organisation: readonly Fact[] = [
    { label: t`Organisation`, value: source.organisationName ?? '–' },
    { label: t`Organisation id`, value: <code>{source.organisationId ?? '–'}</code> },
    { label: t`Base URL`, value: <code>{source.baseUrl ?? '–'}</code> },
    { label: t`Key owner`, value: source.keyOwner ?? t`Not entered` },
    { label: t`Key expires`, value: source.keyExpiresOn === null ? t`Not entered` : <CivilDate date={source.keyExpiresOn} /> },
    { label: t`Sync`, value: schedules.find((schedule) => schedule.id === String(source.syncEveryMinutes))?.label ?? '–' },
    { label: t`Next sync`, value: source.nextSyncAt === null ? t`By hand` : <RelativeTime at={source.nextSyncAt} /> },
    { label: t`Out of date after`, value: t`${source.staleAfterHours} hours` },
    { label: t`Requests a minute`, value: source.requestsPerMinute === null ? t`600 (Rollcall's own limit)` : <FormattedNumber value={source.requestsPerMinute} /> },
  ];
  return (
    <Stack gap={16}>
      <DescriptionList facts={isFile ? common : [...common, ...organisation]} />
      {!isFile && (
        <Switch
          isSelected={source.readOnly}
          isDisabled={!mayChange || change.isPending}
          onChange={(readOnly) => change.mutate({ params: { sourceId: source.id }, body: { readOnly } })}
          description={t`Nothing is ever changed at Atlassian; plans can still be looked at.`}
        >
          {t`Read-only mode`}
        </Switch>
      )}
      <ProblemMessage error={change.error} />
    </Stack>
  );
}
