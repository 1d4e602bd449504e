import { fields, isTerm, makeTerm, normaliseQuery } from '@rollcall/core';
import type { AccessCondition, Condition, Field, FieldName, Operator, Query, Term } from '@rollcall/core';
import fc from 'fast-check';
import { emails, groups, names, roles } from './random-inventory.ts';

const dates = fc.constantFrom('-90d', '-89d', '-91d', '-2d', '-1y', '-3m', '2026-01-01', '2026-11-20', '2026-11-21', '2026-08-24');
const patterns = ['a*', '*a', '*n*', 'ann', '山', '山田', '太郎', 'li', '%', '_', '\\', '100%_', '*@acme.example', 'ü', 'σ', 'ΑΣ', 'İ', '*', '**', 'zz', '😀', 'ann@partner'];
const values: Partial<Record<FieldName, readonly string[]>> = {
  id: ['account-1', 'account-2', 'ACCOUNT-3', 'nobody'],
  name: names,
  email: [...emails, 'ANN@PARTNER.EXAMPLE', 'none@x.example'],
  domain: ['acme.example', 'Partner.Example', 'x.example'],
  role: [...roles, 'nothing'],
  group: [...groups, 'VIP', 'no-such'],
  source: ['Org', 'A FILE', 'other'],
  app: ['jira', 'Jira Software', 'confluence', 'My own app', 'loom'],
  site: ['acme', 'ACME.atlassian.net', 'beta site', 'nowhere'],
};

function valueOf(field: Field, op: Operator): fc.Arbitrary<string> {
  if (field.type === 'date') return dates;
  if (field.choices.length > 0) return fc.constantFrom(...field.choices);
  if (op === '~' || op === '!~') return fc.constantFrom(...patterns, 'vip', 'l*h*', 'o*', 'b*site');
  return fc.constantFrom(...(values[field.name] ?? []));
}

function termOf(field: Field, op: Operator): fc.Arbitrary<Term> {
  const size = op === 'isEmpty' || op === 'isNotEmpty' ? { maxLength: 0 } : op === 'in' || op === 'notIn' ? { minLength: 1, maxLength: 3 } : { minLength: 1, maxLength: 1 };
  return fc.array(valueOf(field, op), size).map((chosen) => {
    const made = makeTerm(field.name, op, chosen);
    if (!isTerm(made)) throw new Error(made.message);
    return made;
  });
}

function terms(level: 'account' | 'access'): fc.Arbitrary<Term> {
  const ofLevel = Object.values(fields).filter((field) => field.level === level);
  return fc.oneof(...ofLevel.map((field) => fc.oneof(...field.operators.map((op) => termOf(field, op)))));
}

/** Every term there is, so that none is left out by chance. */
export const everyTerm: readonly { readonly field: Field; readonly op: Operator; readonly term: fc.Arbitrary<Term> }[] = Object.values(fields)
  .flatMap((field) => field.operators.map((op) => ({ field, op, term: termOf(field, op) })));

const accessCondition = fc.letrec<{ node: AccessCondition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: terms('access') },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), parts: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not'), part: tie('node') }) },
  ),
})).node;

const condition = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 2, arbitrary: terms('account') },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('access'), quantifier: fc.constantFrom('any', 'every', 'no'), where: fc.option(accessCondition, { freq: 8 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), parts: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not'), part: tie('node') }) },
  ),
})).node;

export const randomQuery: fc.Arbitrary<Query> = condition.map((where) => normaliseQuery({ version: 1, where }));

/** The term as a whole query: alone where it speaks of the account, within the quantifier where it speaks of an access. */
export function asQuery(term: Term, quantifier: 'any' | 'every' | 'no'): Query {
  return { version: 1, where: fields[term.field].level === 'account' ? term : { kind: 'access', quantifier, where: term } };
}
