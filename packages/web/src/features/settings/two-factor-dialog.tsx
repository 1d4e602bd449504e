import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { callAuth } from '../../api/index.ts';
import { Button, Dialog, PasswordField, SectionMessage, Stack, showFlag } from '../../ui/index.ts';
import { useAuthProblem } from '../sign-in/index.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { VerifyFactor } from './verify-factor.tsx';

export type TwoFactorTask = 'enable' | 'disable' | 'codes';

const answerSchema = z.object({ totpURI: z.string().optional(), backupCodes: z.array(z.string()).optional() }).loose();

/** Each task begins with the password; setting up goes on with the secret, a first code and the recovery codes. */
export function TwoFactorDialog({ task, onClose }: { readonly task: TwoFactorTask; readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  const problemOf = useAuthProblem();
  const [password, setPassword] = useState('');
  const [isVerified, setVerified] = useState(false);
  const paths = { enable: '/two-factor/enable', disable: '/two-factor/disable', codes: '/two-factor/generate-backup-codes' } as const;
  const titles = { enable: t`Set up two-factor sign-in`, disable: t`Switch off two-factor sign-in`, codes: t`New recovery codes` };
  const begin = useMutation({
    mutationFn: async () => answerSchema.parse(await callAuth(paths[task], { password })),
    onSuccess: () => {
      if (task !== 'disable') return;
      showFlag({ tone: 'success', title: t`Two-factor sign-in is off` });
      onClose();
    },
  });
  const { totpURI, backupCodes } = begin.data ?? {};
  if (task === 'enable' && totpURI !== undefined && !isVerified) return <VerifyFactor uri={totpURI} onVerified={() => setVerified(true)} onClose={onClose} />;
  if (task !== 'disable' && backupCodes !== undefined) return <RecoveryCodes codes={backupCodes} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={titles[task]}
      onSubmit={() => begin.mutate()}
      width="small"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance={task === 'disable' ? 'danger' : 'primary'} isDisabled={password === ''} isPending={begin.isPending} type="submit">{task === 'disable' ? t`Switch off` : t`Go on`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>{task === 'codes' ? t`The old recovery codes stop working. Confirm with your password.` : t`Confirm with your password.`}</p>
        <PasswordField label={t`Password`} autoComplete="current-password" value={password} onChange={setPassword} isRequired />
        {begin.error !== null && (
          <SectionMessage tone="error" isAnnounced>
            {problemOf(begin.error)}
          </SectionMessage>
        )}
      </Stack>
    </Dialog>
  );
}
