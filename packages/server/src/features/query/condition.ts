import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** A condition of SQL that is never NULL. Whoever makes a leaf guards it: `x.last_on < d` alone is not one, `x.last_on is not null and x.last_on < d` is. */
export type SqlCondition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'leaf'; readonly sql: RawBuilder<unknown> }
  | { readonly kind: 'not'; readonly of: SqlCondition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SqlCondition[] };

export const always: SqlCondition = { kind: 'constant', value: true };
export const nothing: SqlCondition = { kind: 'constant', value: false };

export function leaf(fragment: RawBuilder<unknown>): SqlCondition {
  return { kind: 'leaf', sql: fragment };
}

export function negate(condition: SqlCondition): SqlCondition {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? nothing : always;
    case 'not':
      return condition.of;
    case 'leaf':
      return { kind: 'not', of: condition };
    case 'and':
      return either(condition.parts.map(negate));
    case 'or':
      return both(condition.parts.map(negate));
  }
}

export function both(parts: readonly SqlCondition[]): SqlCondition {
  return join('and', parts);
}

export function either(parts: readonly SqlCondition[]): SqlCondition {
  return join('or', parts);
}

function join(kind: 'and' | 'or', parts: readonly SqlCondition[]): SqlCondition {
  const decides = kind === 'or';
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (flat.some((part) => part.kind === 'constant' && part.value === decides)) return decides ? always : nothing;
  const rest = [...new Set(flat.filter((part) => part.kind !== 'constant'))];
  if (rest.length === 0) return decides ? nothing : always;
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind, parts: rest };
}

export function render(condition: SqlCondition): RawBuilder<boolean> {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? sql<boolean>`true` : sql<boolean>`false`;
    case 'leaf':
      return sql<boolean>`(${condition.sql})`;
    case 'not':
      return sql<boolean>`not ${render(condition.of)}`;
    case 'and':
      return sql<boolean>`(${sql.join(condition.parts.map(render), sql` and `)})`;
    case 'or':
      return sql<boolean>`(${sql.join(condition.parts.map(render), sql` or `)})`;
  }
}
