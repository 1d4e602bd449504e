import type { FieldName, Operator } from './fields.ts';

/** One comparison. `=` and its like have one value, `in` one or more, `isEmpty` none. Values are kept as canonical text: `inactive`, `-90d`, `true`. */
export interface Term {
  readonly kind: 'term';
  readonly field: FieldName;
  readonly op: Operator;
  readonly values: readonly string[];
}

export const quantifiers = ['any', 'every', 'no'] as const;
export type Quantifier = (typeof quantifiers)[number];

/** Speaks of the accesses of an account; all terms within bind to one access. `where: null` is any access at all. */
export interface AccessNode {
  readonly kind: 'access';
  readonly quantifier: Quantifier;
  readonly where: AccessCondition | null;
}

/** What holds of one access: terms of access fields only. */
export type AccessCondition =
  | Term
  | { readonly kind: 'and' | 'or'; readonly parts: readonly AccessCondition[] }
  | { readonly kind: 'not'; readonly part: AccessCondition };

/** What holds of an account: terms of account fields, and quantified accesses. */
export type Condition =
  | Term
  | AccessNode
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

/** The version stands in stored queries (saved views, plans, policies); it rises when an old query would mean something else. */
export const queryVersion = 1;

/** A whole query. `where: null` selects every account. */
export interface Query {
  readonly version: typeof queryVersion;
  readonly where: Condition | null;
}

export const everyone: Query = { version: queryVersion, where: null };
