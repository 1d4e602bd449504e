import { fields, operatorText, periodPresets, queryLimits } from '@rollcall/core';
import type { Field, FieldName } from '@rollcall/core';
import type { Generator } from './generator.ts';
import { code, generatedPage, markdownTable } from './markdown.ts';

const meanings: Readonly<Record<FieldName, readonly [meaning: string, example: string]>> = {
  id: ['the vendor’s account id', 'id = "712020:8c1e"'],
  name: ['the display name', 'name ~ "sato"'],
  email: ['the e-mail address, where the vendor shows it', 'email ~ "*@acme.example"'],
  domain: ['what stands after the @', 'domain IN (acme.example, acme-labs.example)'],
  hasEmail: ['whether an address is known', 'hasEmail = false'],
  status: ['the account’s status', 'status = suspended'],
  type: ['a person’s Atlassian account, an app, a portal customer', 'type = app'],
  managed: ['whether the organisation has claimed the account', 'managed = false'],
  role: ['a role on the organisation or a site', 'role IS NOT EMPTY'],
  group: ['the name of a group the account is in', 'group NOT IN (vip, legal-hold)'],
  source: ['the name of a source', 'source = "Acme"'],
  added: ['the day the account was added', 'added < -180d'],
  protected: ['whether it is always protected', 'protected = true'],
  service: ['whether it looks like a service account', 'service = false'],
  idp: ['whether an identity provider manages it', 'idp = true'],
  app: ['an app the account holds', 'app = jira'],
  site: ['the site of that app', 'site = acme'],
  usage: ['its class in the period', 'usage IN (inactive, never)'],
  lastActive: ['the last day seen active there', 'lastActive < -90d'],
  accessGranted: ['the day the access was first seen', 'accessGranted >= -30d'],
};

const examples: readonly (readonly [query: string, meaning: string])[] = [
  ['app = jira AND usage IN (inactive, never)', 'non-users of Jira'],
  ['app = jira AND site = acme AND lastActive < -90d AND NOT group IN (vip, legal-hold)', 'last active in Jira on acme more than 90 days ago, and in neither group'],
  ['any access(app = jira AND usage = inactive) AND any access(app = confluence AND usage = active)', 'does not use Jira, uses Confluence: two accesses, written out'],
  ['every access(usage IN (inactive, never))', 'uses nothing of what is held'],
  ['no access(usage = active)', 'is active nowhere'],
  ['NOT app = jira', 'has no access to Jira'],
  ['app = jira AND usage = unknown', 'holds Jira, and nobody can say whether it is used'],
  ['status = invited AND added < -30d', 'invited more than 30 days ago and not come'],
  ['domain != acme.example AND type = atlassian AND app = confluence', 'people of other domains with Confluence'],
  ['role IS NOT EMPTY AND app = jira AND usage = inactive', 'administrators who do not use Jira'],
];

function page(): string {
  const rowsOf = (level: Field['level']) => Object.values(fields).filter((field) => field.level === level).map((field) => rowOf(field));
  const header = ['field', 'means', 'operators', 'values', 'example'];
  return generatedPage(
    'Queries',
    'packages/core/src/query/fields.ts',
    [
      'A query selects accounts. It stands in the address of the inventory, in saved views, in plans and on the command line, in the manner of',
      'JQL: terms joined by `AND`, `OR`, `NOT` and brackets. Keywords, fields and choices may be written in any case. Values with blanks or any of',
      '`( ) , = < > ! ~` stand in quotes. An empty query selects everybody.',
    ],
    [
      '## Terms about one access',
      '',
      'All bare terms of one `AND` about an access speak of **the same** access: one app on one site. `any access(…)`, `every access(…)` and',
      '`no access(…)` say it in full. A plan acts on the accesses that an `any` or `every access(…)` matched, and on nothing else.',
      '',
      ...markdownTable(header, rowsOf('access')),
      '',
      '## Terms about the account',
      '',
      ...markdownTable(header, rowsOf('account')),
      '',
      '## Values',
      '',
      '- Dates: a day (`2026-01-31`), or a distance back from the as-of date in days, weeks, months or years (`-90d`, `-13w`, `-6m`, `-2y`).',
      '- `~` means “contains”; with `*` it is a pattern for the whole value. There are no regular expressions.',
      '- `usage` and plans ask about a period, given beside the query: ' + [...Object.keys(periodPresets), '90d', '13w', '6m', '2y', '2026-01-01..2026-03-31'].map(code).join(', ') + '.',
      '',
      '## Unknown',
      '',
      'A term is true, false or **unknown**. What was not read, or not given by the vendor, is unknown: it does not match, and neither does its negation.',
      '`status`, `type` and `usage` have a value `unknown` of their own that can be asked for.',
      '',
      '## Examples',
      '',
      ...markdownTable(['query', 'selects'], examples.map(([query, meaning]) => [code(query), meaning])),
      '',
      '## Limits',
      '',
      `${queryLimits.length.toLocaleString('en')} characters, ${queryLimits.terms} terms, ${queryLimits.depth} levels of brackets, ${queryLimits.values.toLocaleString('en')} values in one list, ${queryLimits.valueLength} characters a value, ${queryLimits.wildcards} \`*\` a pattern.`,
    ],
  );
}

function rowOf(field: Field): readonly string[] {
  const [meaning, example] = meanings[field.name];
  const aliases = field.aliases.length === 0 ? '' : ` (also ${field.aliases.map(code).join(', ')})`;
  const values = field.choices.length > 0 ? field.choices.map(code).join(', ') : field.type;
  return [code(field.name) + aliases, meaning, field.operators.map((op) => code(operatorText[op])).join(' '), values, code(example)];
}

/** docs/reference/query.md: the query language. */
export const generator: Generator = { make: () => [{ path: 'docs/reference/query.md', text: page() }] };
