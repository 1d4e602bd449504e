import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Problem, Refusal } from '@rollcall/contract';
import { formatCivilDate, formatNumber } from '../i18n/index.ts';

/** Why something was refused, and what to do. The names in braces are values that stand in the problem's `data`. */
export const refusalWords: Readonly<Record<Refusal, MessageDescriptor>> = {
  alreadyExempt: msg({ message: '{label} is exempt already: {reason} ({owner}). Change that exemption instead.' }),
  appElsewhere: msg`An app that was chosen is not one of this source, or lies outside your sites.`,
  appMissing: msg`Say which app, or name it in the query: app = jira AND …`,
  approversApply: msg`In this workspace only approvers apply plans. Ask one to look at this plan.`,
  asOfToday: msg({ message: 'A plan is made as of today ({today}): what was true on {day} is no reason to act now.' }),
  canarySince: msg({ message: 'A canary is among the people since this plan was made ({label}): the selection is not what it should be. Look at the query and make a new plan.' }),
  domainShape: msg`Write a domain such as example.com, or *.example.com for it and all its sub-domains.`,
  endsInPast: msg({ message: '{day} lies in the past. To end an exemption now, end it; else give a day from today on.' }),
  everythingPaused: msg({ message: 'Everything is paused ({reason}). Somebody who may approve has to resume first.' }),
  exemptionEnded: msg`This exemption has ended. Make a new one.`,
  fileRefused: msg`This file was refused: it is no export of Atlassian accounts.`,
  groupElsewhere: msg`A group that was chosen is not one of this source, or grants something outside your sites.`,
  groupMissing: msg`Say which group.`,
  noSuchSubject: msg`Nobody and no group of this kind is found in this source. Give the id, the e-mail address of an account or the exact name of a group; sync the source if it is new.`,
  nobodyToActOn: msg`Nobody is acted on in this plan: there is nothing to apply.`,
  notAsked: msg({ message: 'The vendor could not be asked. Nothing was changed; try again in a moment. What the connection said: {words}' }),
  pastPeriod: msg({ message: 'The period ends on {to}. A plan that rests on inactivity needs one that reaches until today: people may have come back since.' }),
  personUnderWay: msg`This person is being worked on. Look again in a moment.`,
  planApplied: msg`This plan was applied: its run log stays. To take it back, undo the run.`,
  planExpiredOn: msg({ message: 'This plan expired on {at}: what it rests on is too old. Make a new one.' }),
  planState: msg`Only a plan that is ready can be applied. Load the page again: it says what became of this one.`,
  previewNotReady: msg`The preview of this file is not ready yet. Wait for it.`,
  readOnlyMode: msg({ message: 'The source {name} is in read-only mode: plans can be made, not applied.' }),
  readingHeld: msg`The last reading of this source is held: take it or drop it first.`,
  rowNotUncertain: msg`Only rows of which nobody can tell are settled by hand. This one is not, any more: load the page again.`,
  runLogsOpen: msg`Only run logs that are at their end can be deleted; one of these is open, deleted already or not yours.`,
  runState: msg`The run has gone on meanwhile, and this cannot be done any more. Load the page again.`,
  runUnderWay: msg`The run is still under way. Pause or cancel it, or wait for its end.`,
  severalMatch: msg`Several match. Give the id of the one you mean.`,
  sourceIsFile: msg`This source is a file: it can be looked at, not acted on. Connect the organisation by its API key, and attach the file to it as evidence.`,
  sourceMissing: msg`Choose the source of the account or group again: it is not there any more.`,
  sourceRemoved: msg`The source of this plan was removed: nothing can be applied there any more.`,
  syncOpen: msg`This source is being read already. Wait for that sync, or cancel it.`,
  typeBack: msg({ message: 'Type the number of people ({people}) to confirm.' }),
  wholeAccount: msg`This acts on the whole account, also outside the sites you are limited to. Take away the apps of your sites instead, or ask somebody who is not limited.`,
  wrongSource: msg({ message: 'This plan is for the source {name}. Load the page again and confirm its name.' }),
};

/** Null: the problem says nothing that this version could say in other words. */
export function refusalOf({ data }: Problem): Refusal | null {
  const found = data?.['refusal'];
  return typeof found === 'string' && isRefusal(found) ? found : null;
}

function isRefusal(word: string): word is Refusal {
  return word in refusalWords;
}

/** Days and numbers as the reader writes them, the rest as it is. */
export function refusalValues(locale: string, { data = {} }: Problem): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(locale, value) : valueText(locale, String(value))]));
}

function valueText(locale: string, text: string): string {
  const [day] = /^\d{4}-\d\d-\d\d(?=$|T)/.exec(text) ?? [];
  return day === undefined ? text : formatCivilDate(locale, day);
}
