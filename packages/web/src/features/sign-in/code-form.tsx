import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callAuth } from '../../api/index.ts';
import { Button, Inline, SectionMessage, TextField } from '../../ui/index.ts';
import { useAuthProblem } from './use-auth-problem.ts';

export interface CodeFormProps {
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** The six digits of an authenticator app, or one of the recovery codes. */
export function CodeForm({ onDone, onBack }: CodeFormProps): ReactNode {
  const { t } = useLingui();
  const problemOf = useAuthProblem();
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: () => callAuth(isRecovery ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', { code: isRecovery ? code.trim() : code.replaceAll(/\s/gu, '') }),
    onSuccess: onDone,
  });
  const change = (): void => {
    setRecovery(!isRecovery);
    setCode('');
    verify.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate();
      }}
    >
      {verify.error !== null && (
        <SectionMessage tone="error" isAnnounced>
          {problemOf(verify.error)}
        </SectionMessage>
      )}
      <TextField
        key={isRecovery ? 'recovery' : 'totp'}
        label={isRecovery ? t`Recovery code` : t`Code of six digits`}
        description={isRecovery ? t`One of the codes you kept when you set up the second factor. Each works once.` : t`From the authenticator app on your telephone.`}
        autoComplete="one-time-code"
        inputMode={isRecovery ? 'text' : 'numeric'}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step before has just been sent; there is nothing else to do here
        autoFocus
        value={code}
        onChange={setCode}
        isRequired
        isMonospace
      />
      <Button type="submit" appearance="primary" isFullWidth isPending={verify.isPending || verify.isSuccess}>{t`Verify`}</Button>
      <Inline gap={16}>
        <Button appearance="link" onPress={change}>
          {isRecovery ? t`Use the authenticator app` : t`Use a recovery code`}
        </Button>
        <Button appearance="link" onPress={onBack}>{t`Back`}</Button>
      </Inline>
    </form>
  );
}
