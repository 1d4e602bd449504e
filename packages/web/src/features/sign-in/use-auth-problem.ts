import { useLingui } from '@lingui/react/macro';
import { AuthError } from '../../api/index.ts';
import { useProblem } from '../../words/problems.ts';

/** Why a sign-in was refused, and what to do. */
export function useAuthProblem(): (error: unknown) => string {
  const { t } = useLingui();
  const problemOf = useProblem();
  return (error) => {
    if (!(error instanceof AuthError)) return problemOf(error).detail;
    if (error.status === 429) return t`Too many attempts. Wait a minute, then try again.`;
    switch (error.code) {
      case 'INVALID_EMAIL_OR_PASSWORD':
      case 'INVALID_EMAIL':
        return t`E-mail or password is wrong. If you have forgotten the password, ask an administrator to remove you and invite you again.`;
      case 'INVALID_CODE':
      case 'INVALID_BACKUP_CODE':
        return t`The code is wrong or was used before. Wait for the next one, and check the clock of your telephone.`;
      case 'INVALID_PASSWORD':
        return t`The password is wrong.`;
      case 'PASSWORD_TOO_SHORT':
        return t`The password is too short: it needs at least 12 characters.`;
      case 'INVALID_TWO_FACTOR_COOKIE':
      case 'SESSION_EXPIRED':
        return t`This took too long. Sign in again from the start.`;
      case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
      case 'ACCOUNT_LOCKED':
        return t`Too many wrong codes. Sign in again from the start, a little later.`;
      default:
        return error.message;
    }
  };
}
