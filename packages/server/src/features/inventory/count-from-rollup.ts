import { addDays, conjuncts, evaluateAccess, evaluateCondition, resolveDateValue, resourceMatches } from '@rollcall/core';
import type { AccessCondition, CivilDate, Condition } from '@rollcall/core';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import { requiredValues } from '../query/index.ts';
import type { CompileContext } from '../query/index.ts';
import type { AskedInventory } from './ask.ts';
import { countCap } from './count-capped.ts';
import type { Count } from './count-capped.ts';
import { accessTerms, accountOf, asksRolledFieldsOnly, coversSomewhere, periodBoundaries, readRollup, tellsUsage } from './rollup.ts';

/**
 * The number of accounts of a query such as `app = jira AND site = acme AND usage = inactive AND status = active`, from the day counts: exact where one app on one
 * site is meant. They count accesses: of several apps they tell only that there are more accounts than the cap, where one app alone has so many. Null where they
 * cannot tell: they do not know names, groups and history.
 */
export async function countFromRollup(db: Kysely<Database>, { query, context }: AskedInventory): Promise<Count | null> {
  const simple = simpleParts(query.where);
  if (simple === null) return null;
  const meant = resourcesMeant(simple.access, context);
  if (meant.length === 0) return null;
  const groups = await readRollup(db, context, { resourceIds: meant, boundaries: boundariesOf(simple.access, context), statuses: requiredValues(query.where, 'status') });
  if (!isExact(simple.access, context) || !tellsUsage(groups, context)) return null;
  const holders = new Map<number, number>(meant.map((id) => [id, 0]));
  for (const group of groups) {
    const account = accountOf(group);
    const chosen = simple.account.every((part) => evaluateCondition(part, account, context) === true);
    const { resourceId } = group.access;
    if (chosen && evaluateAccess(simple.access, group.access, context) === true) holders.set(resourceId, (holders.get(resourceId) ?? 0) + group.accounts);
  }
  const most = Math.max(...holders.values());
  if (holders.size === 1) return { accounts: most, exact: true };
  return most > countCap ? { accounts: countCap, exact: false } : null;
}

/** One `any access(…)` and conditions on the account that the day counts know; else null. */
function simpleParts(where: Condition | null): { readonly access: AccessCondition; readonly account: readonly Condition[] } | null {
  const parts = conjuncts(where);
  const accesses = parts.filter((part) => part.kind === 'access');
  const account = parts.filter((part) => part.kind !== 'access');
  const one = accesses[0];
  if (one === undefined || accesses.length > 1 || one.quantifier !== 'any' || one.where === null || !account.every(asksRolledFieldsOnly)) return null;
  return { access: one.where, account };
}

/** The apps on sites that the condition can be true of: those that all its own `app` and `site` terms name. */
function resourcesMeant(access: AccessCondition, context: CompileContext): readonly number[] {
  const parts = access.kind === 'and' ? access.parts : [access];
  const naming = parts.filter((part) => part.kind === 'term' && (part.field === 'app' || part.field === 'site'));
  const allowed = context.resources.filter(({ id }) => context.allowedResourceIds === null || context.allowedResourceIds.includes(id));
  return allowed.filter((resource) => naming.every((term) => term.kind === 'term' && resourceMatches(term, resource))).map(({ id }) => id);
}

/** The days at which a term of the condition changes its value. */
function boundariesOf(access: AccessCondition, context: CompileContext): readonly CivilDate[] {
  const asked = accessTerms(access).flatMap((term) => (term.field === 'lastActive' ? term.values : []));
  return [...periodBoundaries(context), ...asked.map((value) => resolveDateValue(value, context.asOf)).flatMap((one) => [one, addDays(one, 1)])];
}

/** Days of history decide between active and low usage, and the day of the grant is not in the counts. */
function isExact(access: AccessCondition, context: CompileContext): boolean {
  const history = coversSomewhere(context);
  return accessTerms(access).every((term) => {
    if (term.field === 'accessGranted') return false;
    if (term.field !== 'usage' || !history) return true;
    return term.values.includes('active') === term.values.includes('lowUsage');
  });
}
