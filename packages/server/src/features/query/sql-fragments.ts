import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { always, leaf, nothing } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import type { ReadIn } from './compile-context.ts';

/** `column` is one of the ids, and never NULL itself. */
export function idIsOneOf(column: RawBuilder<unknown>, ids: readonly number[]): SqlCondition {
  if (ids.length === 0) return nothing;
  return ids.length === 1 ? leaf(sql`${column} = ${ids[0]}::int`) : leaf(sql`${column} = any(${[...ids]}::int[])`);
}

/** `column` is one of the texts, and never NULL itself. */
export function textIsOneOf(column: RawBuilder<unknown>, values: readonly string[]): SqlCondition {
  if (values.length === 0) return nothing;
  return values.length === 1 ? leaf(sql`${column} = ${values[0]}::text`) : leaf(sql`${column} = any(${[...values]}::text[])`);
}

/** Was this kind of fact read in the realm of account `a`? */
export function readForAccount(readIn: ReadIn): SqlCondition {
  return readIn === 'everywhere' ? always : idIsOneOf(sql`a.realm_id`, readIn);
}

const signs = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=`, '=': sql`=` } as const;

/** The day in `column` compared with a day; both conditions are false where it is NULL. */
export function dayCompared(column: RawBuilder<unknown>, op: string, day: string): { readonly t: SqlCondition; readonly f: SqlCondition } {
  const sign = op === '<' || op === '<=' || op === '>' || op === '>=' ? signs[op] : signs['='];
  return {
    t: leaf(sql`${column} is not null and ${column} ${sign} ${day}::date`),
    f: leaf(sql`${column} is not null and not ${column} ${sign} ${day}::date`),
  };
}
