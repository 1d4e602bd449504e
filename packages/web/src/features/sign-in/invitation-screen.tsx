import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { api, callAuth } from '../../api/index.ts';
import { Button, PasswordField, SectionMessage, TextField } from '../../ui/index.ts';
import { goOn } from './go-on.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { usePasswordRule } from './use-password-rule.ts';

const route = getRouteApi('/invitation');

/** Whoever was invited chooses a name and a password, and is in. */
export function InvitationScreen(): ReactNode {
  const { t } = useLingui();
  const { token = '' } = route.useSearch();
  return (
    <SignInFrame title={t`Accept the invitation`} description={t`Somebody invited you to Rollcall. Choose a password to sign in with.`}>
      {token === '' ? (
        <SectionMessage tone="warning" title={t`The link is not complete`}>
          <Trans>Open the whole link you were given; it ends in a long token. If it does not work any more, ask for a new invitation.</Trans>
        </SectionMessage>
      ) : (
        <AcceptForm token={token} />
      )}
    </SignInFrame>
  );
}

function AcceptForm({ token }: { readonly token: string }): ReactNode {
  const { t } = useLingui();
  const rule = usePasswordRule();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: async () => {
      const { email } = await api.call(routes.session.acceptInvitation, { body: { token, name, password } });
      await callAuth('/sign-in/email', { email, password });
    },
    onSuccess: () => goOn('/'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <ProblemMessage error={accept.error} />
      <TextField label={t`Your name`} name="name" autoComplete="name" value={name} onChange={setName} isRequired maxLength={200} />
      <PasswordField label={t`Password`} name="password" autoComplete="new-password" value={password} onChange={setPassword} isRequired minLength={12} maxLength={200} {...rule(password)} />
      <Button type="submit" appearance="primary" isFullWidth isPending={accept.isPending || accept.isSuccess}>{t`Accept and sign in`}</Button>
    </form>
  );
}
