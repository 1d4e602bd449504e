import { addDays, conjuncts, resolveDateValue, resourceMatches } from '@rollcall/core';
import type { AccessCondition, CivilDate, Query, Term } from '@rollcall/core';
import type { CompileContext } from '../query/index.ts';

/** The days between which the last active dates of all matches lie; both ends belong to it, null: open. */
export interface DayRange {
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

const open: DayRange = { from: null, to: null };

/**
 * Where the matches of a query must stand in a list sorted by the last active date of one app: `app = jira AND site = acme AND usage = inactive` has none within the
 * period. So a page is read from where the matches begin, even if they lie at the far end. Only where the query speaks of exactly this app.
 */
export function sortedDays(query: Query, context: CompileContext, resourceId: number): DayRange {
  let range = open;
  for (const part of conjuncts(query.where)) {
    if (part.kind !== 'access' || part.quantifier !== 'any' || part.where === null) continue;
    const terms = conjunction(part.where);
    if (meansOnly(terms, context, resourceId)) range = terms.map((term) => daysOf(term, context)).reduce(narrower, range);
  }
  return range;
}

/** The terms that must all hold of the access. */
function conjunction(node: AccessCondition): readonly Term[] {
  const parts = node.kind === 'and' ? node.parts : [node];
  return parts.flatMap((part) => (part.kind === 'term' ? [part] : []));
}

function meansOnly(terms: readonly Term[], context: CompileContext, resourceId: number): boolean {
  const naming = terms.filter((term) => term.field === 'app' || term.field === 'site');
  // Whoever has a date in this app belongs to its organisation, and holds none of another one, of whatever name.
  const { realmId } = context.resources.find(({ id }) => id === resourceId) ?? {};
  const meant = context.resources.filter((resource) => resource.realmId === realmId && naming.every((term) => resourceMatches(term, resource)));
  return meant.length === 1 && meant[0]?.id === resourceId;
}

/** What a term says of the date of an access that has one. */
function daysOf(term: Term, context: CompileContext): DayRange {
  if (term.field === 'usage' && (term.op === '=' || term.op === 'in')) return usageDays(term.values, context);
  const [value] = term.values;
  if (term.field !== 'lastActive' || value === undefined) return open;
  const day = resolveDateValue(value, context.asOf);
  switch (term.op) {
    case '<':
      return { from: null, to: addDays(day, -1) };
    case '<=':
      return { from: null, to: day };
    case '>':
      return { from: addDays(day, 1), to: null };
    case '>=':
      return { from: day, to: null };
    case '=':
      return { from: day, to: day };
    default:
      return open;
  }
}

/** Who never used it has no date; who is inactive has one before the period, who is active has none before it. */
function usageDays(values: readonly string[], { period }: CompileContext): DayRange {
  if (values.every((value) => value === 'inactive' || value === 'never')) return { from: null, to: addDays(period.from, -1) };
  if (values.every((value) => value === 'active' || value === 'lowUsage')) return { from: period.from, to: null };
  return open;
}

function narrower(a: DayRange, b: DayRange): DayRange {
  return {
    from: a.from === null || (b.from !== null && b.from > a.from) ? b.from : a.from,
    to: a.to === null || (b.to !== null && b.to < a.to) ? b.to : a.to,
  };
}
