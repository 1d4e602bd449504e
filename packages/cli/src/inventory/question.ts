import { appKey, parsePeriod, parseQuery, printTerm } from '@rollcall/core';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { dayOption } from '../sources/source-options.ts';

/** The options that narrow the inventory without writing a query. */
export interface QuestionOptions {
  readonly period: string;
  readonly asOf?: string;
  readonly app?: string;
  readonly site?: string;
  readonly nonUsers?: true;
  readonly inactive?: true;
  readonly never?: true;
  readonly active?: true;
  readonly unknown?: true;
  readonly anyStatus?: true;
}

const queryHelp = `
Queries (quote them for the shell):
  'app = jira AND usage = inactive'                    who has Jira and does not use it
  'app = jira AND lastActive < -90d AND NOT group IN (vip, "legal hold")'
  'domain = contractor.example AND status = active'    outside contractors
  'role IS NOT EMPTY AND no access(usage = active)'    dormant administrators
Periods: this-month, last-3-months, last-6-months, last-9-months, last-1-year, last-2-years (whole calendar months), 90d, 13w,
6m, 2y, or 2026-01-01..2026-03-31.`;

export function withQuestion(made: Command): Command {
  return made
    .addOption(new Option('--period <period>', 'the period in which use is looked for').argParser(periodOption).default('last-3-months'))
    .option('--as-of <day>', 'the day the question is asked for, YYYY-MM-DD (default: today)', dayOption)
    .option('--app <app>', 'with access to this app, by any of its names: jira, jsm, "Jira Software"')
    .option('--site <site>', 'on this site')
    .addOption(new Option('--non-users', 'inactive or never accessed').conflicts(['inactive', 'never', 'active', 'unknown']))
    .addOption(new Option('--inactive', 'inactive').conflicts(['never', 'active', 'unknown']))
    .addOption(new Option('--never', 'never accessed').conflicts(['active', 'unknown']))
    .addOption(new Option('--active', 'active').conflicts('unknown'))
    .option('--unknown', 'use unknown')
    .option('--any-status', 'with --non-users, --inactive and --never: accounts of any status, not only active ones')
    .addHelpText('after', queryHelp);
}

/** Checks a period where the command line is read. Throws commander's error with the ways to write one. */
export function periodOption(text: string): string {
  if (parsePeriod(text) === null) throw new InvalidArgumentError('Write last-3-months, 90d, 13w, 6m, 2y or 2026-01-01..2026-03-31.');
  return text;
}

/** The query that a text and the options mean together. Throws a usage error that shows where a text cannot be read. */
export function queryOf(text: string | undefined, options: Omit<QuestionOptions, 'period'>): string {
  const typed = text?.trim() ?? '';
  if (typed !== '') assertQuery(typed);
  const access = accessTerms(options);
  const listsIdle = options.nonUsers === true || options.inactive === true || options.never === true;
  const terms = [...access, ...(listsIdle && options.anyStatus !== true && !/\bstatus\b/i.test(typed) ? ['status = active'] : [])];
  if (terms.length === 0) return typed;
  return typed === '' ? terms.join(' AND ') : `${terms.join(' AND ')} AND (${typed})`;
}

function accessTerms({ app, site, nonUsers, inactive, never, active, unknown }: Omit<QuestionOptions, 'period'>): string[] {
  const usage = nonUsers === true ? 'usage IN (inactive, never)' : inactive === true ? 'usage = inactive' : never === true ? 'usage = never' : active === true ? 'usage = active' : unknown === true ? 'usage = unknown' : null;
  return [
    ...(app === undefined ? [] : [printTerm({ kind: 'term', field: 'app', op: '=', values: [appKey(app)] })]),
    ...(site === undefined ? [] : [printTerm({ kind: 'term', field: 'site', op: '=', values: [site] })]),
    ...(usage === null ? [] : [usage]),
  ];
}

function assertQuery(text: string): void {
  const parsed = parseQuery(text);
  if (parsed.ok) return;
  const { message, from } = parsed.error;
  throw usageError(`The query cannot be read: ${message}\n  ${text}\n  ${' '.repeat(from)}^`);
}
