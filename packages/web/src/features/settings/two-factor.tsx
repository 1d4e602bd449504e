import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { readAuth } from '../../api/index.ts';
import { Button, Card, Lozenge, Skeleton, Stack } from '../../ui/index.ts';
import { TwoFactorDialog } from './two-factor-dialog.tsx';
import type { TwoFactorTask } from './two-factor-dialog.tsx';

const sessionSchema = z.object({ user: z.object({ twoFactorEnabled: z.boolean().nullish() }) }).nullable();
const sessionKey = ['auth-session'];

/** The second factor: on or off, and its recovery codes. */
export function TwoFactor(): ReactNode {
  const { t } = useLingui();
  const queries = useQueryClient();
  const session = useQuery({ queryKey: sessionKey, queryFn: async () => sessionSchema.parse(await readAuth('/get-session')) });
  const [task, setTask] = useState<TwoFactorTask | null>(null);
  const isOn = session.data?.user.twoFactorEnabled === true;
  const close = (): void => {
    setTask(null);
    void queries.invalidateQueries({ queryKey: sessionKey });
  };
  if (session.isPending) return <Skeleton height={120} />;
  return (
    <Card title={t`Two-factor sign-in`} actions={isOn ? <Lozenge appearance="success">{t`On`}</Lozenge> : <Lozenge appearance="moved">{t`Off`}</Lozenge>}>
      <Stack gap={12}>
        <p className="rc-subtle">
          {isOn ? (
            <Trans>After the password you are asked for a code from your authenticator app.</Trans>
          ) : (
            <Trans>Rollcall holds keys that can lock out a whole organisation. Protect your sign-in with an authenticator app as well.</Trans>
          )}
        </p>
        <div className="settings-buttons">
          {!isOn && <Button appearance="primary" onPress={() => setTask('enable')}>{t`Set up two-factor sign-in`}</Button>}
          {isOn && <Button onPress={() => setTask('codes')}>{t`New recovery codes`}</Button>}
          {isOn && <Button appearance="subtle" onPress={() => setTask('disable')}>{t`Switch off`}</Button>}
        </div>
      </Stack>
      {task !== null && <TwoFactorDialog task={task} onClose={close} />}
    </Card>
  );
}
