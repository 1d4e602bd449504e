import fc from 'fast-check';
import type { AccessCondition, Condition, Field, Operator, Query, Term } from '../../src/index.ts';
import { fields, isTerm, makeTerm, normaliseQuery } from '../../src/index.ts';

const text = fc.oneof(
  fc.constantFrom('jira', 'and', 'NOT', 'is', 'no', '*@partner.example', '山田', 'a "quoted" \\ one', "it's", 'x y', '(', ',', '-90d', 'empty', '😀', 'a*b'),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((value) => value.trim() !== '' && !value.includes('\0')),
);
const date = fc.oneof(fc.constantFrom('-90d', '-6m', '-2w', '-1y', '-0d'), fc.constantFrom('2026-01-01', '2024-02-29'));

function valueOf(field: Field): fc.Arbitrary<string> {
  if (field.type === 'date') return date;
  return field.choices.length > 0 ? fc.constantFrom(...field.choices) : text;
}

function termOf(field: Field, op: Operator): fc.Arbitrary<Term> {
  const size = op === 'isEmpty' || op === 'isNotEmpty' ? { maxLength: 0 } : op === 'in' || op === 'notIn' ? { minLength: 1, maxLength: 3 } : { minLength: 1, maxLength: 1 };
  return fc.array(valueOf(field), size).map((values) => {
    const made = makeTerm(field.name, op, values);
    if (!isTerm(made)) throw new Error(made.message);
    return made;
  });
}

function terms(level: 'account' | 'access'): fc.Arbitrary<Term> {
  const pairs = Object.values(fields).filter((field) => field.level === level).flatMap((field) => field.operators.map((op) => termOf(field, op)));
  return fc.oneof(...pairs);
}

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
    { weight: 3, arbitrary: terms('account') },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('access'), quantifier: fc.constantFrom('any', 'every', 'no'), where: fc.option(accessCondition, { freq: 8 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), parts: fc.array(tie('node'), { minLength: 1, maxLength: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not'), part: tie('node') }) },
  ),
})).node;

/** Any query in its normal form. */
export const anyQuery: fc.Arbitrary<Query> = fc.option(condition, { freq: 20 }).map((where) => normaliseQuery({ version: 1, where }));
