import type { InactiveSummary } from './inactive-answer.ts';

/** The summary as `--format json` gives it. Field names are part of the command's interface: add, never rename. */
export function summaryJson(summary: InactiveSummary): unknown {
  const { asked, resources } = summary;
  return {
    file: summary.file,
    exportedOn: asked.exported.on,
    exportedFrom: asked.exported.from,
    asOf: asked.asOf,
    inactiveFor: asked.text,
    period: { from: asked.period.from, to: asked.period.to },
    status: summary.status,
    never: summary.never,
    listed: summary.listed,
    resources: resources.map(({ app, title, site, counts }) => ({
      app,
      title,
      site,
      active: counts.usages.active,
      inactive: counts.usages.inactive,
      never: counts.usages.never - counts.neverTooNew - counts.neverAgeUnknown,
      neverTooNew: counts.neverTooNew,
      neverAgeUnknown: counts.neverAgeUnknown,
      unknown: counts.usages.unknown,
      unknownBecause: counts.unknownBecause,
      noAccess: counts.usages.none,
    })),
    accounts: summary.accounts,
    accountsWithOtherStatus: summary.otherStatus,
    rows: summary.rows,
    brokenRows: summary.brokenRows,
    problemTotals: summary.problemTotals,
    problems: summary.problems.slice(0, 100),
  };
}
