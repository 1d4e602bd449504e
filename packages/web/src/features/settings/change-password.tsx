import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callAuth } from '../../api/index.ts';
import { Button, Card, PasswordField, SectionMessage, Stack, showFlag } from '../../ui/index.ts';
import { useAuthProblem } from '../sign-in/index.ts';

/** A new password; all other sessions end. */
export function ChangePassword(): ReactNode {
  const { t } = useLingui();
  const problemOf = useAuthProblem();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => callAuth('/change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
    onSuccess: () => {
      setCurrent('');
      setNew('');
      showFlag({ tone: 'success', title: t`The password was changed`, description: t`Other browsers were signed out.` });
    },
  });
  return (
    <Card title={t`Password`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack gap={16}>
          <div className="settings-two">
            <PasswordField label={t`Current password`} autoComplete="current-password" value={currentPassword} onChange={setCurrent} isRequired />
            <PasswordField label={t`New password`} autoComplete="new-password" description={t`At least 12 characters. A sentence of several words is good.`} value={newPassword} onChange={setNew} isRequired minLength={12} maxLength={200} />
          </div>
          {change.error !== null && (
            <SectionMessage tone="error" isAnnounced>
              {problemOf(change.error)}
            </SectionMessage>
          )}
          <div className="settings-buttons">
            <Button type="submit" isDisabled={currentPassword === '' || newPassword.length < 12} isPending={change.isPending}>{t`Change password`}</Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
