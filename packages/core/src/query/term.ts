import type { Term } from './ast.ts';
import { fields } from './fields.ts';
import type { Field, FieldName, Operator } from './fields.ts';
import { queryLimits } from './limits.ts';
import type { QueryErrorCode } from './query-error.ts';
import { canonicalDate } from './relative-date.ts';

export type TermProblem = { readonly code: QueryErrorCode; readonly message: string; readonly expected: readonly string[]; readonly value?: number };

/** How operators are written in the text face. */
export const operatorText: Readonly<Record<Operator, string>> = {
  '=': '=', '!=': '!=', '~': '~', '!~': '!~', '<': '<', '<=': '<=', '>': '>', '>=': '>=',
  in: 'IN', notIn: 'NOT IN', isEmpty: 'IS EMPTY', isNotEmpty: 'IS NOT EMPTY',
};

/** Checks a comparison and gives it its canonical values: choices, flags and dates in their own spelling, whatever case was typed. */
export function makeTerm(name: FieldName, op: Operator, values: readonly string[]): Term | TermProblem {
  const field = fields[name];
  if (!field.operators.includes(op)) {
    const expected = field.operators.map((one) => operatorText[one]);
    return { code: 'operatorNotForField', message: `${name} cannot be compared with ${operatorText[op]}. It takes ${expected.join(', ')}.`, expected };
  }
  const wanted = op === 'isEmpty' || op === 'isNotEmpty' ? 'none' : op === 'in' || op === 'notIn' ? 'list' : 'one';
  const right = wanted === 'none' ? values.length === 0 : wanted === 'one' ? values.length === 1 : values.length > 0;
  if (!right) return { code: 'badValue', message: `${name} ${operatorText[op]} needs ${wanted === 'one' ? 'one value' : wanted === 'none' ? 'no value' : 'at least one value'}.`, expected: [] };
  if (values.length > queryLimits.values) return { code: 'tooManyValues', message: `A list holds at most ${queryLimits.values} values; this one holds ${values.length}. Select the rows by a file instead.`, expected: [] };
  const canonical: string[] = [];
  for (const [index, value] of values.entries()) {
    const one = canonicalValue(field, op, value);
    if (typeof one !== 'string') return { ...one, value: index };
    canonical.push(one);
  }
  return { kind: 'term', field: name, op, values: canonical };
}

export function isTerm(made: Term | TermProblem): made is Term {
  return 'kind' in made;
}

function canonicalValue(field: Field, op: Operator, value: string): string | TermProblem {
  if (value.length > queryLimits.valueLength) return bad(`A value holds at most ${queryLimits.valueLength} characters.`, []);
  if (value.includes('\0')) return bad('A value cannot hold the character NUL.', []);
  switch (field.type) {
    case 'choice':
    case 'flag': {
      const found = field.choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
      return found ?? bad(`${field.name} is one of ${field.choices.join(', ')}; "${value}" is none of them.`, field.choices);
    }
    case 'date':
      return canonicalDate(value) ?? bad(`${field.name} is compared with a day (2026-01-31) or a distance back (-90d, -13w, -6m, -1y); "${value}" is neither.`, ['-90d', '2026-01-31']);
    case 'text':
      if (value.trim() === '') return bad(`${field.name} needs a value that is not empty. To find what is empty write IS EMPTY.`, []);
      if ((op === '~' || op === '!~') && value.split('*').length - 1 > queryLimits.wildcards) return bad(`A pattern holds at most ${queryLimits.wildcards} wildcards (*).`, []);
      return value;
  }
}

function bad(message: string, expected: readonly string[]): TermProblem {
  return { code: 'badValue', message, expected };
}
