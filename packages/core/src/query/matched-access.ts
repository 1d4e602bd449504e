import type { AccountFacts, QueriedAccess, QueryContext } from './account-facts.ts';
import type { Condition, Query } from './ast.ts';
import { evaluateAccess, evaluateCondition, existingAccesses } from './evaluate.ts';

/** Does the query say which accesses are meant? Where it does not (`status = deactivated`), every access of a selected account is. */
export function namesAccesses(query: Query): boolean {
  return query.where !== null && names(query.where);
}

function names(node: Condition): boolean {
  if (node.kind === 'access') return node.quantifier !== 'no';
  return (node.kind === 'and' || node.kind === 'or') && node.parts.some(names);
}

/**
 * The accesses a plan of this query acts on, nothing else: those for which the condition of an `any` or `every access(…)` is true, in the branches
 * by which the account was selected. None unless the query is true of the account; what is under NOT or `no access(…)` names none.
 */
export function matchedAccesses(query: Query, facts: AccountFacts, context: QueryContext): readonly QueriedAccess[] {
  return existingAccesses(facts).filter((access) => matchesAccess(query, facts, access, context));
}

/** Is the access one of {@link matchedAccesses}? */
export function matchesAccess(query: Query, facts: AccountFacts, access: QueriedAccess, context: QueryContext): boolean {
  if (access.holding === 'none') return false;
  if (query.where === null) return true;
  if (!names(query.where)) return evaluateCondition(query.where, facts, context) === true;
  return matches(query.where, facts, access, context);
}

function matches(node: Condition, facts: AccountFacts, access: QueriedAccess, context: QueryContext): boolean {
  if (evaluateCondition(node, facts, context) !== true) return false;
  switch (node.kind) {
    case 'access':
      return node.quantifier !== 'no' && evaluateAccess(node.where, access, context) === true;
    case 'and':
    case 'or':
      return node.parts.some((part) => matches(part, facts, access, context));
    case 'term':
    case 'not':
      return false;
  }
}
