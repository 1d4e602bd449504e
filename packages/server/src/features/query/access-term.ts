import { addDays, resolveDateValue, resourceMatches } from '@rollcall/core';
import type { Term, Usage } from '@rollcall/core';
import { sql } from 'kysely';
import type { CompileContext } from './compile-context.ts';
import { both, either, leaf, negate } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import { certain, kleeneNot } from './kleene.ts';
import type { Kleene } from './kleene.ts';
import { dayCompared, idIsOneOf } from './sql-fragments.ts';
import { held, neverActive, reaches, usageClasses, wasActive } from './usage-classes.ts';

/** A term on `access x`. */
export function compileAccessTerm(term: Term, context: CompileContext): Kleene {
  switch (term.field) {
    case 'app':
    case 'site':
      return certain(idIsOneOf(sql`x.resource_id`, context.resources.filter((resource) => resourceMatches(term, resource)).map((resource) => resource.id)));
    case 'usage':
      return usageTerm(term, context);
    case 'lastActive':
      return lastActiveTerm(term, context);
    case 'accessGranted': {
      const { t, f } = dayCompared(sql`x.granted_on`, term.op, resolveDateValue(term.values[0] ?? '', context.asOf));
      return { t: both([held, t]), f: both([held, f]) };
    }
    default:
      throw new TypeError(`The term ${term.field} speaks of the account and stands within access(…).`);
  }
}

/** True where the class is one of the wanted, false where it is another known one. */
function usageTerm(term: Term, context: CompileContext): Kleene {
  const classes = usageClasses(context);
  const judged = ['active', 'lowUsage', 'inactive', 'never'] as const;
  const anyOf = (wanted: (usage: Usage) => boolean): SqlCondition => {
    const chosen = judged.filter(wanted);
    const used = chosen.includes('active') && chosen.includes('lowUsage');
    return either([...(used ? [classes.used] : []), ...chosen.filter((usage) => !used || (usage !== 'active' && usage !== 'lowUsage')).map((usage) => classes[usage])]);
  };
  const listed = anyOf((usage) => term.values.includes(usage));
  const other = anyOf((usage) => !term.values.includes(usage));
  const unknown = negate(anyOf(() => true));
  const positive = { t: term.values.includes('unknown') ? either([listed, unknown]) : listed, f: other };
  return term.op === '!=' || term.op === 'notIn' ? kleeneNot(positive) : positive;
}

/** A reading is a lower bound: what a later activity could change needs a reading that reaches the as-of date less the freshness. */
function lastActiveTerm(term: Term, context: CompileContext): Kleene {
  const fresh = reaches(addDays(context.asOf, -context.usageRules.freshnessDays), context);
  const at = both([held, wasActive]);
  const freshNever = both([held, neverActive, fresh]);
  if (term.op === 'isEmpty') return { t: freshNever, f: at };
  if (term.op === 'isNotEmpty') return { t: at, f: freshNever };
  const limit = resolveDateValue(term.values[0] ?? '', context.asOf);
  const { t, f } = dayCompared(sql`x.last_on`, term.op, limit);
  const lasting = leaf(term.op === '<' || term.op === '>=' ? sql`x.last_on is not null and x.last_on >= ${limit}::date` : sql`x.last_on is not null and x.last_on > ${limit}::date`);
  const proven = either([lasting, fresh]);
  switch (term.op) {
    // Readings at or after the limit prove these for ever.
    case '>':
    case '>=':
      return { t: both([at, t]), f: either([both([at, f, fresh]), freshNever]) };
    case '<':
    case '<=':
      return { t: both([at, t, fresh]), f: either([both([at, f]), freshNever]) };
    default:
      return { t: both([at, t, fresh]), f: either([both([at, f, proven]), freshNever]) };
  }
}
