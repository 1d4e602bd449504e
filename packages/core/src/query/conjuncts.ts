import type { Condition } from './ast.ts';

/** The conditions that must all hold: those joined by AND, the one condition alone, or none. */
export function conjuncts(where: Condition | null): readonly Condition[] {
  if (where === null) return [];
  return where.kind === 'and' ? where.parts : [where];
}
