import { useLingui } from '@lingui/react/macro';

const leastLength = 12;

/** The rule under a new password: said first, then as an error while something shorter stands there. */
export function usePasswordRule(): (password: string) => { readonly description: string } {
  const { t } = useLingui();
  return (password) => {
    const missing = leastLength - password.length;
    return { description: password !== '' && missing > 0 ? t`At least 12 characters: ${missing} more.` : t`At least 12 characters. A sentence of several words is good.` };
  };
}
