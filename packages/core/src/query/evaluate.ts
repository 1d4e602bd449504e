import { accessTermValue } from './access-term.ts';
import type { AccountFacts, QueriedAccess, QueryContext } from './account-facts.ts';
import { accountTermValue } from './account-term.ts';
import type { AccessCondition, AccessNode, Condition, Query } from './ast.ts';
import { all, not, some } from './truth.ts';
import type { Truth } from './truth.ts';

/** Does the query select the account? `unknown` never counts as yes, nor as no. The SQL of the server must agree with this. */
export function evaluateQuery(query: Query, facts: AccountFacts, context: QueryContext): Truth {
  return query.where === null ? true : evaluateCondition(query.where, facts, context);
}

export function evaluateCondition(node: Condition, facts: AccountFacts, context: QueryContext): Truth {
  switch (node.kind) {
    case 'term':
      return accountTermValue(node, facts, context);
    case 'access':
      return quantify(node, facts, context);
    case 'not':
      return not(evaluateCondition(node.part, facts, context));
    case 'and':
      return all(node.parts.map((part) => evaluateCondition(part, facts, context)));
    case 'or':
      return some(node.parts.map((part) => evaluateCondition(part, facts, context)));
  }
}

/** The value of a condition for one access. */
export function evaluateAccess(node: AccessCondition | null, access: QueriedAccess, context: QueryContext): Truth {
  if (node === null) return true;
  switch (node.kind) {
    case 'term':
      return accessTermValue(node, access, context);
    case 'not':
      return not(evaluateAccess(node.part, access, context));
    case 'and':
      return all(node.parts.map((part) => evaluateAccess(part, access, context)));
    case 'or':
      return some(node.parts.map((part) => evaluateAccess(part, access, context)));
  }
}

/** Accesses that are held, or of which we do not know whether they are. */
export function existingAccesses(facts: AccountFacts): readonly QueriedAccess[] {
  return facts.accesses.items.filter((access) => access.holding !== 'none');
}

function quantify(node: AccessNode, facts: AccountFacts, context: QueryContext): Truth {
  const values = existingAccesses(facts).map((access) => evaluateAccess(node.where, access, context));
  // Accesses nobody has read may be of any kind.
  if (!facts.accesses.complete) values.push('unknown');
  if (node.quantifier === 'every') return all(values);
  return node.quantifier === 'any' ? some(values) : not(some(values));
}
