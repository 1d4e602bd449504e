import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { chooseSource } from '../../app/chosen-source.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, TextField, showFlag } from '../../ui/index.ts';
import type { Source } from './source-draft.ts';

export interface SourceDialogProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** Removes a source after its name was typed back. */
export function RemoveSourceDialog({ source, onClose }: SourceDialogProps): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const remove = useWrite(routes.sources.remove, [routes.sources.list, routes.session.home]);
  const act = (): void =>
    remove.mutate(
      { params: { sourceId: source.id } },
      {
        onSuccess: () => {
          chooseSource(null);
          showFlag({ tone: 'success', title: t`${source.name} was removed` });
          void navigate({ to: '/sources' });
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Remove ${source.name}?`}
      tone="danger"
      onSubmit={act}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="danger" isDisabled={typed.trim() !== source.name} isPending={remove.isPending} type="submit">{t`Remove source`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>
          {source.kind !== 'csv' ? (
            <Trans>Its API key is destroyed and its accounts leave the inventory, with the files that are evidence for it. Nothing changes at Atlassian. Run logs and the audit trail stay. Revoke the key at admin.atlassian.com as well.</Trans>
          ) : source.attachedTo === null ? (
            <Trans>Its accounts leave the inventory. Nothing changes at Atlassian. Run logs and the audit trail stay.</Trans>
          ) : (
            <Trans>No newer file can be added to it. The last active dates that it brought stay with the accounts, and the accounts stay in the inventory.</Trans>
          )}
        </p>
        <TextField label={t`Type the name to confirm: ${source.name}`} value={typed} onChange={setTyped} autoComplete="off" isRequired />
        <ProblemMessage error={remove.error} />
      </Stack>
    </Dialog>
  );
}
