import { z } from 'zod';
import { queryVersion, quantifiers } from './ast.ts';
import type { AccessCondition, Condition, Query } from './ast.ts';
import { fieldNames, isAccessField, operators } from './fields.ts';
import { queryLimits } from './limits.ts';
import { normaliseQuery } from './normalise.ts';
import { isTerm, makeTerm } from './term.ts';

const term = z
  .strictObject({ kind: z.literal('term'), field: z.enum(fieldNames), op: z.enum(operators), values: z.array(z.string()).max(queryLimits.values) })
  .transform((raw, context) => {
    const made = makeTerm(raw.field, raw.op, raw.values);
    if (isTerm(made)) return made;
    context.addIssue({ code: 'custom', message: made.message, path: made.value === undefined ? ['values'] : ['values', made.value] });
    return z.NEVER;
  });
const accountTerm = term.refine((made) => !isAccessField(made.field), { message: 'This field speaks of an access. Put it inside {"kind":"access"}.', path: ['field'] });
const accessTerm = term.refine((made) => isAccessField(made.field), { message: 'This field speaks of the account. Put it outside {"kind":"access"}.', path: ['field'] });

// The annotations are needed: the schemas speak of themselves.
const accessCondition: z.ZodType<AccessCondition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    accessTerm,
    z.strictObject({ kind: z.enum(['and', 'or']), parts: z.array(accessCondition).min(1) }),
    z.strictObject({ kind: z.literal('not'), part: accessCondition }),
  ]),
);
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    accountTerm,
    z.strictObject({ kind: z.enum(['and', 'or']), parts: z.array(condition).min(1) }),
    z.strictObject({ kind: z.literal('not'), part: condition }),
    z.strictObject({ kind: z.literal('access'), quantifier: z.enum(quantifiers), where: accessCondition.nullable() }),
  ]),
);

/**
 * The JSON face of a query, as it stands in API bodies, saved views, plans and policy files. Refuses what the text face refuses;
 * size is checked before shape, so that a hostile document costs nothing. Gives the normal form.
 */
export const querySchema: z.ZodType<Query> = z
  .unknown()
  .superRefine((raw, context) => {
    const problem = sizeProblem(raw);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, continue: false });
  })
  .pipe(z.strictObject({ version: z.literal(queryVersion), where: condition.nullable() }))
  .transform(normaliseQuery);

function sizeProblem(raw: unknown): string | null {
  let level: readonly unknown[] = [raw];
  let terms = 0;
  // Each condition takes two levels of JSON at most (its object and its list of parts).
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 2 * queryLimits.depth + 4) return `A query holds at most ${queryLimits.depth} conditions within each other.`;
    terms += level.filter((value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'term').length;
    if (terms > queryLimits.terms || level.length > queryLimits.terms * (queryLimits.values + 4)) return `A query holds at most ${queryLimits.terms} terms.`;
    level = level.flatMap((value): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return null;
}
