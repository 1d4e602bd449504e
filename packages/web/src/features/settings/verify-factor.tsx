import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callAuth } from '../../api/index.ts';
import { Button, CodeBlock, Dialog, SectionMessage, Skeleton, Stack, TextField } from '../../ui/index.ts';
import { useAuthProblem } from '../sign-in/index.ts';

const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode: component }) => ({ default: component })));

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
      mustAnswer
      onSubmit={() => verify.mutate()}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={code.trim().length < 6} isPending={verify.isPending} type="submit">{t`Verify`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>
          <Trans>Scan this code with the app, or enter the set-up key in it: codes of six digits, time-based.</Trans>
        </p>
        <Suspense fallback={<Skeleton width="204px" height={204} />}>
          <QrCode text={uri} label={t`Code to scan with the authenticator app`} />
        </Suspense>
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
