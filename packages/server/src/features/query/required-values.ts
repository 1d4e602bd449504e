import { conjuncts } from '@rollcall/core';
import type { Condition, Term } from '@rollcall/core';

/** The values of a field of which every match has one, where the condition names them (`field = …`, `field IN (…)`, alone or joined by AND); else null. */
export function requiredValues(where: Condition | null, field: Term['field']): readonly string[] | null {
  return conjuncts(where).flatMap((part) => (part.kind === 'term' && part.field === field && (part.op === '=' || part.op === 'in') ? [part.values] : []))[0] ?? null;
}
