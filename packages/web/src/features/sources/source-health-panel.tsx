import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CivilDate, FormattedNumber, Instant, RelativeTime } from '../../i18n/index.ts';
import { Card, DescriptionList, Stack } from '../../ui/index.ts';
import type { Fact } from '../../ui/index.ts';
import { useSyncProblem } from '../../words/sync-problems.ts';
import type { Source } from './source-draft.ts';

/** How far the data of a source can be trusted: its age, what is unknown, what is left of the vendor's rate limit, the key and the last error. */
export function SourceHealthPanel({ source }: { readonly source: Source }): ReactNode {
  const { t } = useLingui();
  const { health } = source;
  const common: readonly Fact[] = [
    { label: t`Last full reading`, value: health.lastFullReadAt === null ? t`None yet` : <RelativeTime at={health.lastFullReadAt} /> },
    { label: t`Out of date after`, value: t`${health.staleAfterHours} hours` },
    { label: t`Last activity unknown`, value: <UnknownShare health={health} /> },
    { label: t`Last error`, value: <LastError health={health} /> },
  ];
  const organisation: readonly Fact[] = [
    { label: t`Requests left`, value: <RequestsLeft health={health} /> },
    { label: t`Key expires`, value: health.keyExpiresOn === null ? t`Not entered` : <CivilDate date={health.keyExpiresOn} /> },
  ];
  return (
    <Card title={t`Health of the data`}>
      <DescriptionList facts={source.kind === 'csv' ? common : [...common, ...organisation]} />
    </Card>
  );
}

function UnknownShare({ health: { accesses, unknownAccesses } }: { readonly health: Source['health'] }): ReactNode {
  if (accesses === 0) return '–';
  const percent = Math.round((unknownAccesses / accesses) * 100);
  return (
    <Trans>
      {percent} % (<FormattedNumber value={unknownAccesses} /> of <FormattedNumber value={accesses} /> app accesses)
    </Trans>
  );
}

function LastError({ health: { lastError } }: { readonly health: Source['health'] }): ReactNode {
  const { t } = useLingui();
  const problemOf = useSyncProblem();
  if (lastError === null) return t`None`;
  return (
    <Stack gap={2}>
      <Instant at={lastError.at} />
      <span className="rc-small rc-subtle">{problemOf(lastError.problem)}</span>
    </Stack>
  );
}

/** Of the group of addresses of which least is left: the others have more. */
function RequestsLeft({ health: { rates } }: { readonly health: Source['health'] }): ReactNode {
  const { t } = useLingui();
  const [least] = rates.toSorted((a, b) => a.left / a.allowed - b.left / b.allowed);
  if (least === undefined) return t`None sent yet`;
  if (least.coolsUntil !== null) {
    return (
      <Trans>
        None until <Instant at={least.coolsUntil} />: Atlassian asked to wait
      </Trans>
    );
  }
  return (
    <Trans>
      <FormattedNumber value={least.left} /> of <FormattedNumber value={least.allowed} /> in this minute
    </Trans>
  );
}
