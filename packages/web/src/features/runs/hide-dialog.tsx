import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { Button, Dialog, SectionMessage, Stack } from '../../ui/index.ts';
import { useProblem } from '../../words/index.ts';

export interface HideDialogProps {
  readonly runIds: readonly string[];
  readonly onClose: () => void;
  readonly onHidden: () => void;
}

/** Deletes run logs from the list; what undo and proof need stays. */
export function HideDialog({ runIds, onClose, onHidden }: HideDialogProps): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const hide = useWrite(routes.runs.hide, [routes.runs.list]);
  const act = (): void => hide.mutate({ body: { runIds: [...runIds] } }, { onSuccess: () => { onHidden(); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      tone="danger"
      title={<Plural value={runIds.length} one="Delete # run log?" other="Delete # run logs?" />}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="danger" isPending={hide.isPending} onPress={act}>{t`Delete`}</Button>
        </>
      }
    >
      <Stack gap={12}>
        <p><Trans>They leave the list for everybody. The audit trail stays, and nothing changes at the vendor.</Trans></p>
        {hide.error !== null && <SectionMessage tone="error" isAnnounced title={problem(hide.error).title}>{problem(hide.error).detail}</SectionMessage>}
      </Stack>
    </Dialog>
  );
}
