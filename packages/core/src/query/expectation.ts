import type { Field, Operator } from './fields.ts';
import { operatorText } from './term.ts';

/** What may stand at a place of the text: the parser's errors and completion are made from these. */
export type Expectation =
  | { readonly kind: 'field'; readonly level: 'any' | 'access' }
  | { readonly kind: 'operator'; readonly field: Field }
  | { readonly kind: 'value'; readonly field: Field; readonly op: Operator }
  | { readonly kind: 'keyword'; readonly text: string }
  | { readonly kind: 'end' };

/** The expectation in words, for "Expected …". */
export function describeExpectation(one: Expectation): string {
  switch (one.kind) {
    case 'field':
      return one.level === 'access' ? 'a field of the access (app, site, usage, lastActive, accessGranted)' : 'a field such as app, status or lastActive';
    case 'operator':
      return one.field.operators.map((op) => operatorText[op]).join(', ');
    case 'value':
      return one.field.type === 'date' ? 'a day (2026-01-31) or a distance back (-90d)' : one.field.choices.length > 0 ? one.field.choices.join(', ') : 'a value';
    case 'keyword':
      return one.text;
    case 'end':
      return 'the end of the query';
  }
}
