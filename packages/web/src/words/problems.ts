import { useLingui } from '@lingui/react/macro';
import { ProblemError } from '@rollcall/contract';

/** What went wrong, in the reader's language where the code says it all; else the server's own sentence, which says what to do. */
export function useProblem(): (error: unknown) => { readonly title: string; readonly detail: string } {
  const { t } = useLingui();
  return (error) => {
    if (!(error instanceof ProblemError)) return { title: t`The server could not be reached`, detail: error instanceof Error ? error.message : String(error) };
    const { code, title, detail } = error.problem;
    const titles: Partial<Record<typeof code, string>> = {
      planExpired: t`The plan has expired`,
      digestMismatch: t`The plan is not the one you looked at`,
      confirmationMismatch: t`The confirmation does not match`,
      paused: t`Everything is paused`,
      readOnlySource: t`The source is in read-only mode`,
      forbidden: t`You may not do this`,
      badQuery: t`The query cannot be read`,
      badPeriod: t`This period cannot be used`,
      conflict: t`This cannot be done now`,
      alreadyRunning: t`This is under way already`,
      vendorUnreachable: t`The vendor could not be reached`,
      keyRefused: t`The vendor refuses the key`,
      notFound: t`Not found`,
      tooManyRequests: t`Too many requests`,
      diskFull: t`The disk of the server is full`,
    };
    return { title: titles[code] ?? title, detail };
  };
}
