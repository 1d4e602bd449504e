import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { chooseSource } from '../../app/chosen-source.ts';
import { Reading } from '../../app/reading.tsx';
import { FormattedNumber } from '../../i18n/index.ts';
import { Button, LinkButton, SectionMessage } from '../../ui/index.ts';
import { useSyncProblem } from '../../words/sync-problems.ts';
import { HeldReading } from './held-reading.tsx';
import { SyncProgress, isOpen } from './sync-progress.tsx';
import type { Sync } from './sync-progress.tsx';

/** The file on its way into the inventory, and the way on from there. */
export function ImportStep({ syncId, onAgain }: { readonly syncId: string; readonly onAgain: () => void }): ReactNode {
  const { t } = useLingui();
  const sync = useRead(routes.sources.getSync, { params: { syncId } });
  return (
    <Reading of={sync}>
      {(found) => (isOpen(found) ? <SyncProgress sync={found} title={t`Taking the file in`} /> : found.state === 'held' ? <HeldReading sync={found} /> : <Ended sync={found} onAgain={onAgain} />)}
    </Reading>
  );
}

function Ended({ sync, onAgain }: { readonly sync: Sync; readonly onAgain: () => void }): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problemOf = useSyncProblem();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const organisation = sources.find(({ id }) => id === sources.find((one) => one.id === sync.sourceId)?.attachedTo);
  const open = (): void => {
    chooseSource(organisation?.id ?? sync.sourceId);
    void navigate({ to: '/inventory' });
  };
  if (sync.state !== 'done') {
    return (
      <SectionMessage tone="error" isAnnounced title={t`The file was not taken in`} actions={<Button appearance="link" onPress={onAgain}>{t`Back to the file`}</Button>}>
        {sync.problem === null ? t`The import was cancelled. Nothing was changed.` : problemOf(sync.problem)}
      </SectionMessage>
    );
  }
  const isNobody = sync.totals['accountsMatched'] === 0;
  return (
    <SectionMessage
      tone={isNobody ? 'warning' : 'success'}
      isAnnounced
      title={isNobody ? t`Nobody in the file is in the organisation` : t`The file is in the inventory`}
      actions={
        <>
          <Button appearance="primary" onPress={open}>{t`Open the inventory`}</Button>
          <LinkButton to="/sources/$sourceId" params={{ sourceId: sync.sourceId }}>{t`Open the source`}</LinkButton>
        </>
      }
    >
      {sync.totals['accountsMatched'] !== undefined ? (
        <MatchedAccounts totals={sync.totals} organisation={organisation?.name ?? sync.sourceName} />
      ) : sync.totals['accounts'] !== undefined && (
        <Trans>
          <FormattedNumber value={sync.totals['accounts']} /> accounts were read.
        </Trans>
      )}
    </SectionMessage>
  );
}

/** What a file that is evidence had to say about the accounts of its organisation. */
function MatchedAccounts({ totals, organisation }: { readonly totals: Sync['totals']; readonly organisation: string }): ReactNode {
  const { accountsMatched = 0, accountsUnmatched = 0, accountsAmbiguous = 0, accessesChanged = 0 } = totals;
  if (accountsMatched === 0) return <Trans>None of its accounts is known in {organisation}, so nothing was changed. Is it an export of this organisation?</Trans>;
  return (
    <Trans>
      <FormattedNumber value={accountsMatched} /> accounts were found in {organisation}; <FormattedNumber value={accessesChanged} /> app accesses have a better last active date now. Not found: <FormattedNumber value={accountsUnmatched} />. Fitting several accounts: <FormattedNumber value={accountsAmbiguous} />.
    </Trans>
  );
}
