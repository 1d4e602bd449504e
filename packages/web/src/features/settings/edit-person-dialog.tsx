import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, showFlag } from '../../ui/index.ts';
import { AccessFields } from './access-fields.tsx';
import type { Access } from './access-fields.tsx';
import type { Person } from './people-tab.tsx';

export interface PersonDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

export function EditPersonDialog({ person, onClose }: PersonDialogProps): ReactNode {
  const { t } = useLingui();
  const [access, setAccess] = useState<Access>({ role: person.role, sourceIds: person.sourceIds, sites: person.sites });
  const change = useWrite(routes.session.changePerson, [routes.session.people, routes.session.me]);
  const save = (): void =>
    change.mutate(
      { params: { personId: person.id }, body: access },
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
      title={t`Role and limits of ${person.name}`}
      onSubmit={save}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isPending={change.isPending} type="submit">{t`Save`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <AccessFields access={access} onChange={setAccess} />
        <ProblemMessage error={change.error} />
      </Stack>
    </Dialog>
  );
}
