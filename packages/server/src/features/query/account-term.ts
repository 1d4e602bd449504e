import { foldCase, resolveDateValue, textMatches } from '@rollcall/core';
import type { Term } from '@rollcall/core';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { CompileContext } from './compile-context.ts';
import { both, either, leaf, negate } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import { groupTerm } from './group-term.ts';
import { certain, kleeneNot } from './kleene.ts';
import type { Kleene } from './kleene.ts';
import { dayCompared, idIsOneOf, readForAccount, textIsOneOf } from './sql-fragments.ts';
import { textMatch, textPrefilter } from './text-match.ts';

/** A term on `account a`. */
export function compileAccountTerm(term: Term, context: CompileContext): Kleene {
  const negative = term.op === '!=' || term.op === '!~' || term.op === 'notIn' || term.op === 'isNotEmpty';
  const positive = compilePositive(negative ? { ...term, op: positiveOf[term.op] ?? term.op } : term, context);
  return negative ? kleeneNot(positive) : positive;
}

const positiveOf: Partial<Record<Term['op'], Term['op']>> = { '!=': '=', '!~': '~', notIn: 'in', isNotEmpty: 'isEmpty' };

function compilePositive(term: Term, context: CompileContext): Kleene {
  switch (term.field) {
    case 'id':
      // The realms of the workspace are named so that the index on (realm, vendor id) answers.
      return certain(both([textIsOneOf(sql`a.vendor_id`, term.values), leaf(sql`a.realm_id in (select r.id from realm r where r.workspace_id = ${context.workspaceId}::int)`)]));
    case 'name':
      return nullableText(term, nameText, textPrefilter(term, sql`a.sort_name`), null);
    case 'email':
      return nullableText(term, emailText, textPrefilter(term, sql`a.sort_email`), readForAccount(context.coverage.emails));
    case 'domain':
      return domainTerm(term, context);
    case 'hasEmail':
      return flag(term, { t: leaf(sql`a.email is not null`), f: both([leaf(sql`a.email is null`), readForAccount(context.coverage.emails)]) });
    case 'status':
      return choice(term, sql`a.status`);
    case 'type':
      return choice(term, sql`a.account_type`);
    case 'managed':
      return flag(term, { t: leaf(sql`a.claim = 'managed'`), f: leaf(sql`a.claim = 'unmanaged'`) });
    case 'role':
      return certain(term.op === 'isEmpty' ? leaf(sql`a.platform_roles = '{}'`) : leaf(sql`a.platform_roles <> '{}' and exists (select from unnest(a.platform_roles) as role where lower(role) = any(${term.values.map(foldCase)}::text[]))`));
    case 'group':
      return groupTerm(term, context);
    case 'source':
      return certain(idIsOneOf(sql`a.realm_id`, realmsOf(term, context)));
    case 'added':
      return dayCompared(sql`a.added_on`, term.op, resolveDateValue(term.values[0] ?? '', context.asOf));
    case 'protected':
      return flag(term, certain(leaf(sql`a.protected_by is not null`)));
    case 'service':
      return flag(term, certain(leaf(sql`a.looks_like_service`)));
    case 'idp':
      return flag(term, identityProvider(context));
    default:
      throw new TypeError(`The term ${term.field} speaks of an access and stands outside access(…).`);
  }
}

interface NullableText {
  readonly column: RawBuilder<unknown>;
  /** What is in the column, in lower case; where it is not NULL. */
  readonly lowered: RawBuilder<unknown>;
}

// The sort keys are written with the name and the address they are made of: making the lower case anew takes half the time of a search.
const nameText: NullableText = { column: sql`a.name`, lowered: sql`case when a.name = '' then '' else a.sort_name end` };
const emailText: NullableText = { column: sql`a.email`, lowered: sql`a.sort_email` };
const domainText: NullableText = { column: sql`a.email_domain`, lowered: sql`a.email_domain` };

/** `whenNull`: where NULL means that there is none; null where it always means unread. */
function nullableText(term: Term, { column, lowered }: NullableText, prefilter: SqlCondition, whenNull: SqlCondition | null): Kleene {
  const there = leaf(sql`${column} is not null`);
  const absent = whenNull === null ? [] : [both([negate(there), whenNull])];
  if (term.op === 'isEmpty') return { t: either(absent), f: there };
  const match = textMatch(lowered, term);
  return { t: both([there, prefilter, match]), f: either([both([there, negate(match)]), ...absent]) };
}

/** `email_domain` is stored in lower case, so that equality uses its index. */
function domainTerm(term: Term, context: CompileContext): Kleene {
  const general = nullableText(term, domainText, both([]), readForAccount(context.coverage.emails));
  if (term.op !== '=' && term.op !== 'in') return general;
  return { t: both([leaf(sql`a.email_domain is not null`), textIsOneOf(sql`a.email_domain`, term.values.map(foldCase))]), f: general.f };
}

function choice(term: Term, column: RawBuilder<unknown>): Kleene {
  const t = textIsOneOf(column, term.values);
  return { t, f: negate(textIsOneOf(column, [...new Set([...term.values, 'unknown'])])) };
}

function flag(term: Term, value: Kleene): Kleene {
  return term.values.includes('true') ? value : kleeneNot(value);
}

/** Atlassian's managementSource: `synced` accounts belong to an identity provider. */
function identityProvider(context: CompileContext): Kleene {
  const none = both([leaf(sql`a.management_source is null`), readForAccount(context.coverage.identityProvider)]);
  return { t: leaf(sql`a.management_source is not null and a.management_source = 'synced'`), f: either([leaf(sql`a.management_source is not null and a.management_source <> 'synced'`), none]) };
}

function realmsOf(term: Term, context: CompileContext): readonly number[] {
  const matching = context.sources.filter((source) => [source.name, source.id].some((name) => textMatches(term, name)));
  return [...new Set(matching.map((source) => source.realmId))];
}
