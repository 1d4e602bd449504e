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

const route = getRouteApi('/setup');

/** The first administrator, made through the one-time link that the server printed. */
export function SetupScreen(): ReactNode {
  const { t } = useLingui();
  const { token = '' } = route.useSearch();
  return (
    <SignInFrame title={t`Welcome to Rollcall`} description={t`Make the first administrator. Others are invited later, from Settings.`}>
      {token === '' ? (
        <SectionMessage tone="warning" title={t`The link is not complete`}>
          <Trans>Open the whole link that Rollcall printed when it started; it ends in a long token. A new one is printed at each start until there is an administrator.</Trans>
        </SectionMessage>
      ) : (
        <SetupForm token={token} />
      )}
    </SignInFrame>
  );
}

function SetupForm({ token }: { readonly token: string }): ReactNode {
  const { t } = useLingui();
  const rule = usePasswordRule();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const make = useMutation({
    mutationFn: async () => {
      await api.call(routes.session.firstAdministrator, { body: { token, name, email: email.trim(), password } });
      await callAuth('/sign-in/email', { email: email.trim(), password });
    },
    onSuccess: () => goOn('/getting-started'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <ProblemMessage error={make.error} />
      <TextField label={t`Your name`} name="name" autoComplete="name" value={name} onChange={setName} isRequired maxLength={200} />
      <TextField label={t`E-mail`} type="email" name="email" autoComplete="username" value={email} onChange={setEmail} isRequired description={t`You sign in with it. Rollcall sends no mail.`} />
      <PasswordField label={t`Password`} name="password" autoComplete="new-password" value={password} onChange={setPassword} isRequired minLength={12} maxLength={200} {...rule(password)} />
      <Button type="submit" appearance="primary" isFullWidth isPending={make.isPending || make.isSuccess}>{t`Make administrator and sign in`}</Button>
    </form>
  );
}
