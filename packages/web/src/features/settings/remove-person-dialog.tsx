import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, showFlag } from '../../ui/index.ts';
import type { PersonDialogProps } from './edit-person-dialog.tsx';

export function RemovePersonDialog({ person, onClose }: PersonDialogProps): ReactNode {
  const { t } = useLingui();
  const remove = useWrite(routes.session.removePerson, [routes.session.people, routes.session.tokens]);
  const act = (): void =>
    remove.mutate(
      { params: { personId: person.id } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: person.invited ? t`The invitation of ${person.name} was withdrawn` : t`${person.name} can no longer sign in` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={person.invited ? t`Withdraw the invitation of ${person.name}?` : t`Remove ${person.name}?`}
      tone="danger"
      width="small"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="danger" isPending={remove.isPending} onPress={act}>{person.invited ? t`Withdraw` : t`Remove`}</Button>
        </>
      }
    >
      <Stack gap={12}>
        <p>
          {person.invited ? t`The link stops working at once. They can be invited again.` : <Trans>{person.name} is signed out everywhere, and their API tokens stop working at once. What they did stays in the audit trail.</Trans>}
        </p>
        <ProblemMessage error={remove.error} />
      </Stack>
    </Dialog>
  );
}
