import { queryVersion } from './ast.ts';
import type { AccessCondition, Condition, Query, Term } from './ast.ts';
import { conjuncts } from './conjuncts.ts';
import { isAccessField } from './fields.ts';
import { accessList, list, normaliseQuery } from './normalise.ts';

/**
 * The query as the filter bar shows it: a list of terms that must all hold, the access terms of it on one access. Null when the query
 * says more than such a list can (OR, every, no, several accesses); the screen then shows the text.
 */
export function toFilters(query: Query): readonly Term[] | null {
  const filters: Term[] = [];
  let accesses = 0;
  for (const part of conjuncts(normaliseQuery(query).where)) {
    const terms = filtersOf(part);
    if (terms === null) return null;
    accesses += part.kind === 'access' ? 1 : 0;
    filters.push(...terms);
  }
  return accesses > 1 ? null : filters;
}

function filtersOf(part: Condition): readonly Term[] | null {
  if (part.kind === 'term') return [part];
  if (part.kind === 'not') return negated(part.part);
  return part.kind === 'access' && part.quantifier === 'any' && part.where !== null ? accessFilters(part.where) : null;
}

function accessFilters(where: AccessCondition): readonly Term[] | null {
  const parts = where.kind === 'and' ? where.parts : [where];
  const terms = parts.filter((part) => part.kind === 'term');
  return terms.length === parts.length ? terms : null;
}

const opposite = { '=': '!=', '!=': '=', '~': '!~', '!~': '~', in: 'notIn', notIn: 'in', isEmpty: 'isNotEmpty', isNotEmpty: 'isEmpty' } as const;

/** `NOT group IN (…)` means the same as `group NOT IN (…)`, also where the groups are unknown. */
function negated(part: Condition): readonly Term[] | null {
  if (part.kind !== 'term' || isAccessField(part.field)) return null;
  const { op } = part;
  return op === '<' || op === '<=' || op === '>' || op === '>=' ? null : [{ ...part, op: opposite[op] }];
}

/** The query of a list of filters. `toFilters` gives the same list back, access terms together where the first of them stood. */
export function fromFilters(filters: readonly Term[]): Query {
  const access = filters.filter((term) => isAccessField(term.field));
  const parts: Condition[] = [];
  for (const term of filters) {
    if (!isAccessField(term.field)) parts.push(term);
    else if (term === access[0]) parts.push({ kind: 'access', quantifier: 'any', where: accessList('and', access) });
  }
  return { version: queryVersion, where: parts.length === 0 ? null : list('and', parts) };
}
