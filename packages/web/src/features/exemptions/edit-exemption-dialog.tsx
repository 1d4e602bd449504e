import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, showFlag } from '../../ui/index.ts';
import { ExemptionFields, isComplete } from './exemption-fields.tsx';
import type { ExemptionWhy } from './exemption-fields.tsx';
import type { Exemption } from './exemption-words.ts';

export interface ExemptionDialogProps {
  readonly exemption: Exemption;
  readonly onClose: () => void;
}

export function EditExemptionDialog({ exemption, onClose }: ExemptionDialogProps): ReactNode {
  const { t } = useLingui();
  const { label, reason, owner, endsOn, canary } = exemption;
  const [why, setWhy] = useState<ExemptionWhy>({ reason, owner, endsOn, canary });
  const change = useWrite(routes.exemptions.change, [routes.exemptions.list]);
  const save = (): void =>
    change.mutate(
      { params: { exemptionId: exemption.id }, body: { ...why, reason: why.reason.trim(), owner: why.owner.trim() } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`Saved` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Exemption of ${label}`}
      onSubmit={save}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={!isComplete(why)} isPending={change.isPending} type="submit">{t`Save`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <ExemptionFields why={why} onChange={setWhy} />
        <ProblemMessage error={change.error} />
      </Stack>
    </Dialog>
  );
}
