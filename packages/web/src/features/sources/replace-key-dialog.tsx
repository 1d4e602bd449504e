import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, DatePicker, Dialog, PasswordField, Stack, TextField, showFlag } from '../../ui/index.ts';
import { CapabilityList } from './capability-list.tsx';
import { KeySteps } from './key-steps.tsx';
import { refusedReport } from './refused-report.ts';
import type { SourceDialogProps } from './remove-source-dialog.tsx';

/** A new key takes the place of the old one once Atlassian accepts it. */
export function ReplaceKeyDialog({ source, onClose }: SourceDialogProps): ReactNode {
  const { t } = useLingui();
  const [apiKey, setApiKey] = useState('');
  const [keyExpiresOn, setExpiry] = useState<string | null>(null);
  const [keyOwner, setOwner] = useState(source.keyOwner ?? '');
  const test = useWrite(routes.sources.testNew);
  const change = useWrite(routes.sources.change, [routes.sources.get, routes.sources.list, routes.session.home]);
  const refused = refusedReport(change.error);
  // A report is about the key it was made with.
  const setKey = (key: string): void => {
    setApiKey(key);
    test.reset();
    change.reset();
  };
  const tryKey = (): void => {
    change.reset();
    test.mutate({ body: { kind: 'atlassian-org', apiKey, organisationId: source.organisationId ?? '', ...(source.baseUrl === null ? {} : { baseUrl: source.baseUrl }) } });
  };
  const save = (): void =>
    change.mutate(
      { params: { sourceId: source.id }, body: { apiKey, keyExpiresOn, keyOwner: keyOwner.trim() === '' ? null : keyOwner.trim() } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`The key was replaced`, description: t`Revoke the old one at admin.atlassian.com.` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Replace the key of ${source.name}`}
      mustAnswer={apiKey !== ''}
      onSubmit={save}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button isDisabled={apiKey.trim() === ''} isPending={test.isPending} onPress={tryKey}>{t`Test`}</Button>
          <Button appearance="primary" isDisabled={apiKey.trim() === ''} isPending={change.isPending} type="submit">{t`Replace key`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <PasswordField label={t`New API key`} description={t`Tested before it takes the place of the old one.`} autoComplete="off" value={apiKey} onChange={setKey} isRequired isMonospace maxLength={4000} />
        <div className="source-form-two">
          <TextField label={t`Whose key it is`} value={keyOwner} onChange={setOwner} maxLength={200} />
          <DatePicker label={t`The key expires on`} value={keyExpiresOn} onChange={setExpiry} />
        </div>
        {refused === null && <ProblemMessage error={change.error ?? test.error} />}
        {refused !== null ? <CapabilityList report={refused} /> : test.data !== undefined && <CapabilityList report={test.data} />}
        <details className="source-more">
          <summary>
            <Trans>How to make a key</Trans>
          </summary>
          <KeySteps />
        </details>
      </Stack>
    </Dialog>
  );
}
