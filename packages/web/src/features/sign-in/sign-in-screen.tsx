import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { callAuth } from '../../api/index.ts';
import { Button, PasswordField, SectionMessage, TextField } from '../../ui/index.ts';
import { CodeForm } from './code-form.tsx';
import { goOn } from './go-on.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { useAuthProblem } from './use-auth-problem.ts';

const route = getRouteApi('/sign-in');
const answerSchema = z.object({ twoFactorRedirect: z.boolean().optional() }).nullish();

/** E-mail and password, then the code of the second factor where there is one. */
export function SignInScreen(): ReactNode {
  const { t } = useLingui();
  const { next } = route.useSearch();
  const [needsCode, setNeedsCode] = useState(false);
  if (needsCode) {
    return (
      <SignInFrame title={t`Enter your code`} description={t`Your account is protected by a second factor.`}>
        <CodeForm onDone={() => goOn(next)} onBack={() => setNeedsCode(false)} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t`Sign in`}>
      {next !== undefined && next !== '/' && (
        <SectionMessage>
          <Trans>Sign in to go on to the page you asked for.</Trans>
        </SectionMessage>
      )}
      <PasswordForm onSignedIn={() => goOn(next)} onCodeNeeded={() => setNeedsCode(true)} />
    </SignInFrame>
  );
}

function PasswordForm({ onSignedIn, onCodeNeeded }: { readonly onSignedIn: () => void; readonly onCodeNeeded: () => void }): ReactNode {
  const { t } = useLingui();
  const problemOf = useAuthProblem();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: async () => answerSchema.parse(await callAuth('/sign-in/email', { email: email.trim(), password })),
    onSuccess: (answer) => (answer?.twoFactorRedirect === true ? onCodeNeeded() : onSignedIn()),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      {signIn.error !== null && (
        <SectionMessage tone="error" isAnnounced>
          {problemOf(signIn.error)}
        </SectionMessage>
      )}
      <TextField label={t`E-mail`} type="email" name="email" autoComplete="username" value={email} onChange={setEmail} isRequired />
      <PasswordField label={t`Password`} name="password" autoComplete="current-password" value={password} onChange={setPassword} isRequired />
      <Button type="submit" appearance="primary" isFullWidth isPending={signIn.isPending || signIn.isSuccess}>{t`Sign in`}</Button>
      <p className="rc-small rc-subtle">
        <Trans>There is no sign-up: an administrator of your Rollcall invites you with a link.</Trans>
      </p>
    </form>
  );
}
