import { namesAccesses } from '@rollcall/core';
import type { AccessCondition, AccessNode, Condition, Query } from '@rollcall/core';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { compileAccessTerm } from './access-term.ts';
import { compileAccountTerm } from './account-term.ts';
import type { CompileContext } from './compile-context.ts';
import { always, both, either, leaf, negate, nothing, render } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import { certain, kleeneAnd, kleeneNot, kleeneOr } from './kleene.ts';
import type { Kleene } from './kleene.ts';
import { readForAccount } from './sql-fragments.ts';
import { exists } from './usage-classes.ts';

/** Conditions on `account a` that are never NULL. Where neither holds, the query is unknown of the account. */
export interface CompiledQuery {
  readonly isTrue: RawBuilder<boolean>;
  readonly isFalse: RawBuilder<boolean>;
}

/**
 * The query as SQL over the inventory; `evaluateQuery` of core is its other implementation. The caller names the table `account a`, limits it to the
 * workspace and to `a.gone_at is null`.
 */
export function compileQuery(query: Query, context: CompileContext): CompiledQuery {
  const { t, f } = query.where === null ? certain(always) : compileCondition(query.where, context);
  return { isTrue: render(t), isFalse: render(f) };
}

/**
 * Where `access x` of `account a` is one that a plan of the query acts on (`matchesAccess` of core). Holds the condition on the account too. `named` is false
 * where the query does not say which accesses it means: then every access of a selected account matches.
 */
export function compileMatchedAccess(query: Query, context: CompileContext): { readonly named: boolean; readonly condition: RawBuilder<boolean> } {
  const named = namesAccesses(query);
  const matched = query.where === null ? always : named ? matches(query.where, context) : compileCondition(query.where, context).t;
  return { named, condition: render(both([exists(context), matched])) };
}

function compileCondition(node: Condition, context: CompileContext): Kleene {
  switch (node.kind) {
    case 'term':
      return compileAccountTerm(node, context);
    case 'access':
      return quantify(node, context);
    case 'not':
      return kleeneNot(compileCondition(node.part, context));
    case 'and':
      return kleeneAnd(node.parts.map((part) => compileCondition(part, context)));
    case 'or':
      return kleeneOr(node.parts.map((part) => compileCondition(part, context)));
  }
}

function compileAccess(node: AccessCondition | null, context: CompileContext): Kleene {
  if (node === null) return certain(always);
  switch (node.kind) {
    case 'term':
      return compileAccessTerm(node, context);
    case 'not':
      return kleeneNot(compileAccess(node.part, context));
    case 'and':
      return kleeneAnd(node.parts.map((part) => compileAccess(part, context)));
    case 'or':
      return kleeneOr(node.parts.map((part) => compileAccess(part, context)));
  }
}

/** `any` is true where a row is true, and false where every row is false and all rows were read. `every` is its dual, `no` its negation. */
function quantify(node: AccessNode, context: CompileContext): Kleene {
  const { t, f } = compileAccess(node.where, context);
  const someAccess = (condition: SqlCondition): SqlCondition => {
    const row = both([exists(context), condition]);
    return row.kind === 'constant' ? row : leaf(sql`exists (select from access x where x.account_id = a.id and ${render(row)})`);
  };
  const allRead = readForAccount(context.coverage.accesses);
  if (node.quantifier === 'every') return { t: both([negate(someAccess(negate(t))), allRead]), f: someAccess(f) };
  const any = { t: someAccess(t), f: both([negate(someAccess(negate(f))), allRead]) };
  return node.quantifier === 'any' ? any : kleeneNot(any);
}

/** The access matches in a branch by which the account was selected; see `matchesAccess`. */
function matches(node: Condition, context: CompileContext): SqlCondition {
  switch (node.kind) {
    case 'term':
    case 'not':
      return nothing;
    case 'access':
      if (node.quantifier === 'no') return nothing;
      return both([compileAccess(node.where, context).t, node.quantifier === 'every' ? quantify(node, context).t : always]);
    case 'or':
      return either(node.parts.map((part) => matches(part, context)));
    case 'and':
      return either(node.parts.map((part) => both([matches(part, context), ...node.parts.filter((other) => other !== part).map((other) => compileCondition(other, context).t)])));
  }
}
