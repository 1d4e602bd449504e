import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { Button, Dialog, Stack, TextArea } from '../../ui/index.ts';
import { ProblemMessage } from '../problem-message.tsx';

/** Pausing everything needs a reason, which everybody then sees. */
export function PauseDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  const mayResume = useMay('approve');
  const [reason, setReason] = useState('');
  const pause = useWrite(routes.session.pause, [routes.session.me, routes.session.home]);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Pause everything?`}
      tone="warning"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="warning" isDisabled={reason.trim() === ''} isPending={pause.isPending} onPress={() => pause.mutate({ body: { reason: reason.trim() } }, { onSuccess: onClose })}>{t`Pause everything`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>
          <Trans>Every run stops after the person it is at, and no schedule starts. Nothing is lost: all of it goes on after Resume.</Trans>
        </p>
        {!mayResume && <p className="rc-subtle">{t`Only approvers and administrators can resume.`}</p>}
        <TextArea label={t`Reason`} description={t`Everybody sees it.`} value={reason} onChange={setReason} isRequired maxLength={500} />
        <ProblemMessage error={pause.error} />
      </Stack>
    </Dialog>
  );
}
