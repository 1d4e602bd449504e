import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Dialog, Stack, TextField, showFlag } from '../../ui/index.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { KeyFields, ReadOnlyField } from './basic-fields.tsx';
import { draftOf, toBody } from './source-draft.ts';
import { StaleAfterField } from './stale-after-field.tsx';
import type { SourceDialogProps } from './remove-source-dialog.tsx';

/** Name, key owner and expiry, schedule, time zone, limits. A file has a name and the age at which it is too old only. */
export function EditSourceDialog({ source, onClose }: SourceDialogProps): ReactNode {
  const { t } = useLingui();
  const [draft, setDraft] = useState(() => draftOf(source));
  const change = useWrite(routes.sources.change, [routes.sources.get, routes.sources.list, routes.session.home]);
  const isFile = source.kind === 'csv';
  const save = (): void => {
    const { name, staleAfterHours, ...rest } = toBody(draft);
    // What is left empty stays as it is.
    const body = { name, ...(isFile ? {} : rest), ...(staleAfterHours === undefined ? {} : { staleAfterHours }) };
    change.mutate(
      { params: { sourceId: source.id }, body },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`Saved` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Edit ${source.name}`}
      onSubmit={save}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={draft.name.trim() === ''} isPending={change.isPending} type="submit">{t`Save`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <TextField label={t`Name`} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} isRequired maxLength={100} />
        {!isFile && (
          <>
            <KeyFields draft={draft} onChange={setDraft} />
            <AdvancedFields draft={draft} onChange={setDraft} />
            <ReadOnlyField draft={draft} onChange={setDraft} />
          </>
        )}
        {isFile && source.attachedTo === null && <StaleAfterField draft={draft} onChange={setDraft} />}
        <ProblemMessage error={change.error} />
      </Stack>
    </Dialog>
  );
}
