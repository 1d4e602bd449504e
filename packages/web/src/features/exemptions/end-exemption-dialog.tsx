import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, showFlag } from '../../ui/index.ts';
import type { ExemptionDialogProps } from './edit-exemption-dialog.tsx';

export function EndExemptionDialog({ exemption, onClose }: ExemptionDialogProps): ReactNode {
  const { t } = useLingui();
  const end = useWrite(routes.exemptions.end, [routes.exemptions.list, routes.inventory.page, routes.inventory.account]);
  const act = (): void =>
    end.mutate(
      { params: { exemptionId: exemption.id } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`The exemption of ${exemption.label} has ended` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`End the exemption of ${exemption.label}?`}
      tone="warning"
      width="small"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="warning" isPending={end.isPending} onPress={act}>{t`End it`}</Button>
        </>
      }
    >
      <Stack gap={12}>
        <p>
          <Trans>Plans may take access away again. The period of inactivity begins anew today: nobody counts as inactive for the time in which they were exempt.</Trans>
        </p>
        <ProblemMessage error={end.error} />
      </Stack>
    </Dialog>
  );
}
