import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callAuth } from '../../api/index.ts';
import { Button, CodeBlock, Dialog, SectionMessage, Stack, TextField } from '../../ui/index.ts';
import { useAuthProblem } from '../sign-in/index.ts';

export interface VerifyFactorProps {
  /** otpauth:// */
  readonly uri: string;
  readonly onVerified: () => void;
  readonly onClose: () => void;
}

/** The secret for the authenticator app, proven by a first code. */
export function VerifyFactor({ uri, onVerified, onClose }: VerifyFactorProps): ReactNode {
  const { t } = useLingui();
  const problemOf = useAuthProblem();
  const [code, setCode] = useState('');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const verify = useMutation({ mutationFn: () => callAuth('/two-factor/verify-totp', { code: code.replaceAll(/\s/gu, '') }), onSuccess: onVerified });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Add Rollcall to your authenticator app`}
      tone="danger"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={code.trim().length < 6} isPending={verify.isPending} onPress={() => verify.mutate()}>{t`Verify`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>
          <Trans>In the app choose to enter a set-up key, with time-based codes of six digits.</Trans>
        </p>
        <Stack gap={4}>
          <span className="rc-label">{t`Set-up key`}</span>
          <CodeBlock label={t`Set-up key`} code={secret.replaceAll(/(.{4})(?=.)/gu, '$1 ')} />
        </Stack>
        <details>
          <summary>
            <Trans>As an address, for password managers</Trans>
          </summary>
          <CodeBlock label={t`Address`} code={uri} />
        </details>
        <TextField label={t`Code of six digits`} description={t`From the authenticator app on your telephone.`} autoComplete="one-time-code" inputMode="numeric" value={code} onChange={setCode} isRequired isMonospace />
        {verify.error !== null && (
          <SectionMessage tone="error" isAnnounced>
            {problemOf(verify.error)}
          </SectionMessage>
        )}
      </Stack>
    </Dialog>
  );
}
