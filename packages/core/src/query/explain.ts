import { isFresh } from './access-term.ts';
import type { AccountFacts, QueriedAccess, QueryContext } from './account-facts.ts';
import type { AccessCondition, AccessNode, Condition, Query, Term } from './ast.ts';
import { evaluateAccess, evaluateCondition, existingAccesses } from './evaluate.ts';
import { isAccessField } from './fields.ts';
import { judgeUsage } from '../usage.ts';
import type { UsageBasis } from '../usage.ts';
import type { UnknownWhy } from '../last-active.ts';
import { matchesAccess } from './matched-access.ts';
import type { Truth } from './truth.ts';

/** Why a term has its value, as a code for sentences; the facts themselves are beside it in the account. */
export type TermReason =
  | { readonly code: 'compared' }
  | { readonly code: 'absent' }
  | { readonly code: 'notRead' }
  | { readonly code: 'holdingUnknown' }
  | { readonly code: 'usage'; readonly basis: UsageBasis }
  | { readonly code: 'lastActive'; readonly on: string; readonly knownThrough: string | null; readonly fresh: boolean }
  | { readonly code: 'never'; readonly knownThrough: string | null; readonly fresh: boolean }
  | { readonly code: 'lastActiveUnknown'; readonly why: UnknownWhy };

export type Explanation =
  | { readonly kind: 'everyone'; readonly value: true }
  | { readonly kind: 'term'; readonly value: Truth; readonly term: Term; readonly reason: TermReason }
  | { readonly kind: 'not'; readonly value: Truth; readonly part: Explanation }
  | { readonly kind: 'and' | 'or'; readonly value: Truth; readonly parts: readonly Explanation[] }
  | {
      readonly kind: 'access';
      readonly value: Truth;
      readonly node: AccessNode;
      readonly accesses: readonly AccessExplanation[];
      /** False: there may be accesses that nobody has read. */
      readonly complete: boolean;
    };

export interface AccessExplanation {
  readonly resourceId: number;
  readonly app: string;
  readonly site: string;
  readonly value: Truth;
  /** A plan of this query acts on it. */
  readonly matched: boolean;
  /** Null where the node has no condition. */
  readonly because: Explanation | null;
}

/** The value of every part of the query for an account, with its reason: the material of the sentence "why chosen, why left out". */
export function explainQuery(query: Query, facts: AccountFacts, context: QueryContext): Explanation {
  if (query.where === null) return { kind: 'everyone', value: true };
  const explain = (node: Condition): Explanation => {
    const value = evaluateCondition(node, facts, context);
    switch (node.kind) {
      case 'term':
        return { kind: 'term', value, term: node, reason: accountReason(node, facts) };
      case 'not':
        return { kind: 'not', value, part: explain(node.part) };
      case 'and':
      case 'or':
        return { kind: node.kind, value, parts: node.parts.map(explain) };
      case 'access':
        return { kind: 'access', value, node, accesses: existingAccesses(facts).map((access) => explainOne(node, access)), complete: facts.accesses.complete };
    }
  };
  const explainOne = (node: AccessNode, access: QueriedAccess): AccessExplanation => ({
    resourceId: access.resourceId,
    app: access.app,
    site: access.site,
    value: evaluateAccess(node.where, access, context),
    matched: matchesAccess(query, facts, access, context),
    because: node.where === null ? null : explainAccess(node.where, access, context),
  });
  return explain(query.where);
}

function explainAccess(node: AccessCondition, access: QueriedAccess, context: QueryContext): Explanation {
  const value = evaluateAccess(node, access, context);
  switch (node.kind) {
    case 'term':
      return { kind: 'term', value, term: node, reason: accessReason(node, access, context) };
    case 'not':
      return { kind: 'not', value, part: explainAccess(node.part, access, context) };
    case 'and':
    case 'or':
      return { kind: node.kind, value, parts: node.parts.map((part) => explainAccess(part, access, context)) };
  }
}

function accountReason(term: Term, facts: AccountFacts): TermReason {
  if (term.field === 'group') return { code: facts.groups.complete ? 'compared' : 'notRead' };
  if (term.field === 'role' || term.field === 'source' || isAccessField(term.field)) return { code: 'compared' };
  const fact = facts[term.field === 'hasEmail' ? 'email' : term.field];
  if (typeof fact === 'object') return fact.kind === 'known' ? { code: 'compared' } : { code: fact.kind === 'absent' ? 'absent' : 'notRead' };
  return { code: fact === 'unknown' ? 'notRead' : 'compared' };
}

function accessReason(term: Term, access: QueriedAccess, context: QueryContext): TermReason {
  if (term.field === 'usage') return { code: 'usage', basis: judgeUsage(access, context.period, context.usageRules).basis };
  if (term.field === 'app' || term.field === 'site') return { code: 'compared' };
  if (access.holding === 'unknown') return { code: 'holdingUnknown' };
  if (term.field === 'accessGranted') return { code: access.grantedOn === null ? 'notRead' : 'compared' };
  const { lastActive, knownThrough } = access;
  const fresh = isFresh(access, context);
  if (lastActive.kind === 'unknown') return { code: 'lastActiveUnknown', why: lastActive.why };
  return lastActive.kind === 'never' ? { code: 'never', knownThrough, fresh } : { code: 'lastActive', on: lastActive.on, knownThrough, fresh };
}
