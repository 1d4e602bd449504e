import { appTitle } from '@rollcall/core';
import type { UsageBasis } from '@rollcall/core';
import { problemSentence } from '@rollcall/connectors/csv';
import { terminalSafe } from './display-width.ts';
import type { InactiveSummary, ResourceCounts } from './inactive-answer.ts';

const shownProblems = 10;
const dateSources = { given: 'as given', fileName: "from the file's name", fileTime: "the file's time; give --exported if that is not the day of the export", newestDate: 'the newest date in the file' } as const;

/** The summary for people, one sentence a line. */
export function summaryText(summary: InactiveSummary): string {
  const { asked } = summary;
  const lines = [
    `Exported on ${asked.exported.on} (${dateSources[asked.exported.from]}). Asked as of ${asked.asOf}.`,
    `Inactive for ${asked.text}: active before ${asked.period.from} and not from ${asked.period.from} to ${asked.period.to}.`,
    ...summary.resources.flatMap((resource) => resourceLines(resource, summary)),
    `Listed: ${count(summary.listed.accounts, 'account')}${summary.resources.length > 1 ? `, ${count(summary.listed.accesses, 'access', 'accesses')}` : ''}.`,
    `Read: ${count(summary.accounts, 'account')} in ${count(summary.rows, 'row')}${otherStatusText(summary)}.`,
    ...problemLines(summary),
  ];
  return `${lines.join('\n')}\n`;
}

function otherStatusText(summary: InactiveSummary): string {
  if (summary.otherStatus === 0) return '';
  return `; ${number(summary.otherStatus)} left out because their status is not ${summary.status} (--status any takes all)`;
}

function resourceLines({ app, site, counts }: ResourceCounts, summary: InactiveSummary): string[] {
  const name = terminalSafe(site === null ? appTitle(app) : `${appTitle(app)} on ${site}`);
  const { usages } = counts;
  const never = usages.never - counts.neverTooNew - counts.neverAgeUnknown;
  const hint = never > 0 && summary.never === null ? ' (add --never to list them)' : '';
  const lines = [
    `${name}: ${number(usages.inactive)} inactive, ${number(never)} never accessed${hint}, ${number(usages.active)} active, ${number(usages.unknown)} unknown, ${number(usages.none)} without access.`,
  ];
  if (counts.neverTooNew > 0) lines.push(`  ${number(counts.neverTooNew)} never accessed but too new: added on ${summary.asked.period.from} or later. Not listed.`);
  if (counts.neverAgeUnknown > 0) lines.push(`  ${number(counts.neverAgeUnknown)} never accessed, but the file does not say when they were added. Not listed.`);
  for (const [basis, total] of Object.entries(counts.unknownBecause)) {
    const sentence = unknownSentences[basis];
    if (sentence !== undefined) lines.push(`  ${number(total)} unknown: ${sentence(summary)}`);
  }
  return lines;
}

const sentences: Partial<Record<UsageBasis, (summary: InactiveSummary) => string>> = {
  holdingUnknown: () => 'the file does not say whether they have access. Export again with the app access columns.',
  lastActiveUnknown: () => 'their last active date is empty, unreadable or not given for this app.',
  evidenceTooOld: ({ asked }) => `the file was exported on ${asked.exported.on} and cannot know what came after, up to ${asked.period.to}. Ask as of the export, or export again.`,
  clockStartedInPeriod: ({ asked }) => `they were added on ${asked.period.from} or later, so they did not have the whole period to be active.`,
  noHistoryForPeriod: ({ asked }) => `they were active after ${asked.period.to}; the file does not say whether they were before.`,
};
const unknownSentences: Readonly<Record<string, ((summary: InactiveSummary) => string) | undefined>> = sentences;

function problemLines(summary: InactiveSummary): string[] {
  const total = Object.values(summary.problemTotals).reduce((sum, one) => sum + one, 0);
  if (total === 0) return [];
  const shown = summary.problems.slice(0, shownProblems).map(({ line, column, kind }) => {
    const where = column === null ? `line ${line}` : `line ${line}, ${terminalSafe(column)}`;
    return `  ${where}: ${problemSentence(kind)}`;
  });
  const more = total > shown.length ? [`  … and ${number(total - shown.length)} more.`] : [];
  return [`Problems: ${number(total)}; ${count(summary.brokenRows, 'row')} left out.`, ...shown, ...more];
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${number(amount)} ${amount === 1 ? one : many}`;
}

function number(amount: number): string {
  return amount.toLocaleString('en-US');
}
