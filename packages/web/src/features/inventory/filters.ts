import { conjuncts, fields, fromFilters, normaliseQuery, parseQuery, printQuery, queryVersion, toFilters } from '@rollcall/core';
import type { Condition, FieldName, Query, QueryError, Term } from '@rollcall/core';

/** The query as the filter bar shows it: words to search names and addresses for, and terms that must all hold. */
export interface Filters {
  readonly words: string;
  readonly terms: readonly Term[];
}

export type ReadQuery =
  | { readonly kind: 'filters'; readonly filters: Filters; readonly query: Query }
  /** It says more than the filter bar can show. */
  | { readonly kind: 'text'; readonly query: Query }
  | { readonly kind: 'wrong'; readonly error: QueryError };

export function readQuery(q: string): ReadQuery {
  const parsed = parseQuery(q);
  if (!parsed.ok) return { kind: 'wrong', error: parsed.error };
  const filters = filtersOf(parsed.query);
  return filters === null ? { kind: 'text', query: parsed.query } : { kind: 'filters', filters, query: parsed.query };
}

function filtersOf(query: Query): Filters | null {
  const { where } = normaliseQuery(query);
  const parts = conjuncts(where);
  const searches = parts.flatMap((part) => wordsOf(part) ?? []);
  const rest = parts.filter((part) => wordsOf(part) === null);
  if (searches.length > 1) return null;
  const terms = toFilters({ version: queryVersion, where: rest.length === 0 ? null : { kind: 'and', parts: rest } });
  return terms === null ? null : { words: searches[0] ?? '', terms };
}

/** `(name ~ "x" OR email ~ "x")`: what the search box writes. */
function wordsOf(part: Condition): string | null {
  if (part.kind !== 'or' || part.parts.length !== 2) return null;
  const [name, email] = part.parts;
  const isSearch = (one: Condition | undefined, field: FieldName): one is Term => one?.kind === 'term' && one.field === field && one.op === '~';
  if (!isSearch(name, 'name') || !isSearch(email, 'email') || name.values[0] !== email.values[0]) return null;
  return name.values[0] ?? null;
}

export function writeFilters({ words, terms }: Filters): string {
  const { where } = fromFilters(terms);
  const rest = conjuncts(where);
  const search = words.trim() === '' ? [] : [searchFor(words.trim())];
  const parts = [...search, ...rest];
  const only = parts[0];
  return printQuery({ version: queryVersion, where: parts.length > 1 ? { kind: 'and', parts } : (only ?? null) });
}

function searchFor(words: string): Condition {
  return { kind: 'or', parts: [term('name', '~', [words]), term('email', '~', [words])] };
}

export function term(field: FieldName, op: Term['op'], values: readonly string[]): Term {
  return { kind: 'term', field, op, values };
}

/** The values that a field is narrowed to by `=` or `IN`; null when something else is said of it. */
export function chosenValues(filters: Filters, field: FieldName): readonly string[] | null {
  const terms = filters.terms.filter((one) => one.field === field);
  if (terms.length === 0) return [];
  const [only] = terms;
  return terms.length === 1 && only !== undefined && (only.op === '=' || only.op === 'in') ? only.values : null;
}

/** The filters with this field narrowed to these values, in the place it had. None: not narrowed. */
export function withValues(filters: Filters, field: FieldName, values: readonly string[]): Filters {
  const place = filters.terms.findIndex((one) => one.field === field);
  const others = filters.terms.filter((one) => one.field !== field);
  if (values.length === 0) return { ...filters, terms: others };
  const made = term(field, values.length === 1 || !fields[field].operators.includes('in') ? '=' : 'in', values);
  return { ...filters, terms: place === -1 ? [...others, made] : others.toSpliced(place, 0, made) };
}

export function withTerm(filters: Filters, made: Term): Filters {
  return { ...filters, terms: [...filters.terms.filter((one) => one.field !== made.field), made] };
}

export function withoutField(filters: Filters, ...names: readonly FieldName[]): Filters {
  return { ...filters, terms: filters.terms.filter((one) => !names.includes(one.field)) };
}

/** The query limited to one source as well, unless it names a source itself. */
export function withinSource(q: string, sourceName: string | null): string {
  if (sourceName === null) return q;
  const parsed = parseQuery(q);
  if (!parsed.ok || namesSource(parsed.query.where)) return q;
  const { where } = parsed.query;
  const limit = term('source', '=', [sourceName]);
  if (where === null) return printQuery({ version: queryVersion, where: limit });
  return printQuery({ version: queryVersion, where: { kind: 'and', parts: [...conjuncts(where), limit] } });
}

function namesSource(node: Condition | null): boolean {
  if (node === null) return false;
  if (node.kind === 'term') return node.field === 'source';
  if (node.kind === 'not') return namesSource(node.part);
  return node.kind !== 'access' && node.parts.some(namesSource);
}
