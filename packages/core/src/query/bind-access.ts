import type { AccessCondition, Condition } from './ast.ts';
import { isAccessField } from './fields.ts';
import { accessList, list } from './normalise.ts';

/**
 * Gives bare access terms their quantifier. All bare access terms of one AND (also inside brackets, with OR) form one `any access(…)`, wherever they
 * stand in it: `app = jira AND status = active AND usage = inactive` speaks of the use of Jira, not of some other app. NOT closes the
 * scope: `NOT app = jira` is "has no access to Jira". What is not true of one access is written out: `any access(app = jira AND NOT site = acme)`.
 */
export function bindAccess(node: Condition): Condition {
  const whole = asBare(node);
  if (whole !== null) return { kind: 'access', quantifier: 'any', where: whole };
  switch (node.kind) {
    case 'term':
    case 'access':
      return node;
    case 'not':
      return { kind: 'not', part: bindAccess(node.part) };
    case 'or':
      return list('or', node.parts.map(bindAccess));
    case 'and':
      return list('and', bindConjunction(node.parts));
  }
}

function bindConjunction(parts: readonly Condition[]): readonly Condition[] {
  const bare = parts.flatMap((part) => asBare(part) ?? []);
  const bound: Condition[] = [];
  let placed = false;
  for (const part of parts) {
    if (asBare(part) === null) bound.push(bindAccess(part));
    else if (!placed) {
      bound.push({ kind: 'access', quantifier: 'any', where: accessList('and', bare) });
      placed = true;
    }
  }
  return bound;
}

/** The node as a condition on one access when it consists of bare access terms, AND and OR only; else null. */
function asBare(node: Condition): AccessCondition | null {
  if (node.kind === 'term') return isAccessField(node.field) ? node : null;
  if (node.kind !== 'and' && node.kind !== 'or') return null;
  const parts = node.parts.flatMap((part) => asBare(part) ?? []);
  return parts.length === node.parts.length ? accessList(node.kind, parts) : null;
}
