import { both, either, negate } from './condition.ts';
import type { SqlCondition } from './condition.ts';

/**
 * A three-valued condition as two that are never NULL: where it is true and where it is false. Where neither holds it is unknown. SQL's own NULL
 * would turn unknown into a victim: `not exists (… null < date)` is true.
 */
export interface Kleene {
  readonly t: SqlCondition;
  readonly f: SqlCondition;
}

/** A condition that is true or false and never unknown. */
export function certain(t: SqlCondition): Kleene {
  return { t, f: negate(t) };
}


export function kleeneNot({ t, f }: Kleene): Kleene {
  return { t: f, f: t };
}

export function kleeneAnd(parts: readonly Kleene[]): Kleene {
  return { t: both(parts.map((part) => part.t)), f: either(parts.map((part) => part.f)) };
}

export function kleeneOr(parts: readonly Kleene[]): Kleene {
  return { t: either(parts.map((part) => part.t)), f: both(parts.map((part) => part.f)) };
}
