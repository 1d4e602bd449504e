import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMay, useMe, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, SectionMessage, Stack, showFlag } from '../../ui/index.ts';
import { useSyncProblem } from '../../words/sync-problems.ts';
import type { Sync } from './sync-progress.tsx';

/** A suspiciously small reading waits here for a decision: until then nothing of it is in the inventory. */
export function HeldReading({ sync }: { readonly sync: Sync }): ReactNode {
  const { t } = useLingui();
  const { sites } = useMe();
  // A reading is about all sites of a source.
  const mayDecide = useMay('approve') && sites === null;
  const problemOf = useSyncProblem();
  const [isAsking, setAsking] = useState(false);
  const decide = useWrite(routes.sources.confirmSync, [routes.sources.get, routes.sources.list, routes.sources.syncs, routes.session.home]);
  const say = (decision: 'take' | 'drop'): void => {
    decide.mutate(
      { params: { syncId: sync.id }, body: { decision } },
      {
        onSuccess: () => {
          if (decision === 'drop') showFlag({ tone: 'success', title: t`The reading was dropped`, description: t`The inventory is as it was. Sync again once the cause is found.` });
        },
        // A refusal stands below, as `decide.error`.
        onSettled: () => setAsking(false),
      },
    );
  };
  return (
    <SectionMessage
      tone="warning"
      title={t`A reading waits for your decision`}
      actions={
        mayDecide && (
          <>
            <Button isPending={decide.isPending} onPress={() => say('drop')}>{t`Drop it`}</Button>
            <Button appearance="warning" onPress={() => setAsking(true)}>{t`Take it…`}</Button>
          </>
        )
      }
    >
      <Stack gap={8}>
        {sync.problem !== null && <p>{problemOf(sync.problem)}</p>}
        <p>
          <Trans>
            <b>Drop</b> it if the key lost rights or Atlassian answered too little: the inventory stays as it is, and the next sync reads again. <b>Take</b> it only if you know that these accounts have left: all that are missing in it leave the inventory.
          </Trans>
        </p>
        {!mayDecide && <p className="rc-small rc-subtle">{t`An approver or administrator decides who is not limited to some sites.`}</p>}
        <ProblemMessage error={decide.error} />
      </Stack>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t`Take the small reading?`}
        tone="danger"
        width="small"
        footer={
          <>
            <Button appearance="subtle" onPress={() => setAsking(false)}>{t`Cancel`}</Button>
            <Button appearance="danger" isPending={decide.isPending} onPress={() => say('take')}>{t`Take it`}</Button>
          </>
        }
      >
        <Trans>Every account of {sync.sourceName} that is not in this reading leaves the inventory. A later full reading brings back whoever is still there.</Trans>
      </Dialog>
    </SectionMessage>
  );
}
