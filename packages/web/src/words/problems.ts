import { useLingui } from '@lingui/react/macro';
import { ProblemError } from '@rollcall/contract';
import { DownloadBrokeOffError } from '../api/index.ts';
import { refusalOf, refusalValues, refusalWords } from './refusals.ts';
import { titledProblems } from './titled-problems.ts';

/** What went wrong, in the reader's language where the code says it all; else the server's own sentence, which says what to do. */
export function useProblem(): (error: unknown) => { readonly title: string; readonly detail: string } {
  const { t, i18n } = useLingui();
  return (error) => {
    if (error instanceof DownloadBrokeOffError) return { title: t`The download broke off`, detail: t`The server ended it before the file was whole, or the connection broke. Nothing was saved. Try again; the log of the server says more.` };
    if (!(error instanceof ProblemError)) return { title: t`The server could not be reached`, detail: error instanceof Error ? error.message : String(error) };
    const { code, title, detail } = error.problem;
    const titles: Partial<Record<typeof code, string>> = {
      planExpired: t`The plan has expired`,
      planNotReady: t`The plan cannot be applied`,
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
      overloaded: t`Rollcall is busy`,
      failed: t`Something went wrong`,
      signInNeeded: t`Sign in`,
      diskFull: t`The disk of the server is full`,
    };
    if (i18n.locale === 'en') return { title: titles[code] ?? title, detail };
    // What to do, where the code alone says it; the server's English sentence often has more, but few may be able to read it.
    const details: Partial<Record<typeof code, string>> = {
      notFound: t`It may have been removed meanwhile, or lies outside what you may see. Load the page again.`,
      overloaded: t`Rollcall has more to do than it can do at once, or its database does not answer. Nothing was done for this request. Try again in a few seconds.`,
      failed: t`Something went wrong in Rollcall itself; nothing was changed. Try again. If it happens again, the log of the server says why.`,
      forbidden: t`Your role or your limits do not allow this. Ask an administrator of the whole workspace.`,
      signInNeeded: t`The session has ended. Sign in again.`,
      tooManyRequests: t`Wait a little, then try again.`,
      planExpired: t`What it rests on is too old to act on. Make a new one.`,
      planNotReady: t`Load the page again: the state of the plan has changed, and what it says there is what to do.`,
      digestMismatch: t`Load the plan again. If this comes again, somebody changed the database: make a new plan, and look at the audit trail.`,
      confirmationMismatch: t`The number of people or the name of the source is not that of the plan. Load the page again.`,
      diskFull: t`Nothing was changed. Whoever runs the server has to free some space on its disk; then try again.`,
      paused: t`Somebody who may approve has to resume first.`,
      readOnlySource: t`Plans can be made and looked at, not applied. Somebody who manages sources can switch the mode off.`,
    };
    const refusal = refusalOf(error.problem);
    if (refusal !== null) return { title: titles[code] ?? title, detail: i18n._({ ...refusalWords[refusal], values: refusalValues(i18n.locale, error.problem) }) };
    const titled = titledProblems[title];
    if (titled !== undefined) return { title: i18n._(titled.title), detail: i18n._(titled.detail) };
    return { title: titles[code] ?? title, detail: details[code] ?? detail };
  };
}
