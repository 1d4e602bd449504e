import { useLingui } from '@lingui/react/macro';

/** "Jira (acme): last active 2026-01-01" and its like in the reader's language; another form is shown as it came. */
export function useBeforeWords(): (line: string) => string {
  const { t } = useLingui();
  return (line) => {
    const parts = /^(.*): (?:(last active) (.*)|(never accessed)|(last activity unknown))$/.exec(line);
    if (parts === null) return line;
    const [, place = '', isDated, on = '', isNever] = parts;
    if (isDated !== undefined) return t`${place}: last active ${on}`;
    return isNever === undefined ? t`${place}: last activity unknown` : t`${place}: never accessed`;
  };
}
