import type { Term } from './ast.ts';
import { foldCase, matchesPattern } from './match-text.ts';
import type { Fact, ReadList } from './account-facts.ts';
import { not } from './truth.ts';
import type { Truth } from './truth.ts';

/** Is the operator the negation of another? `!=`, `!~`, `NOT IN` and `IS NOT EMPTY` are exactly that, for unknown values too. */
function isNegative(term: Term): boolean {
  return term.op === '!=' || term.op === '!~' || term.op === 'notIn' || term.op === 'isNotEmpty';
}

/** Gives the value of the positive form of a term back as the term's own. */
export function signed(term: Term, positive: Truth): Truth {
  return isNegative(term) ? not(positive) : positive;
}

/** Text that may be absent or unread. Absent text equals nothing and matches nothing. */
export function textTerm(term: Term, fact: Fact<string>): Truth {
  if (fact.kind === 'unread') return 'unknown';
  if (term.op === 'isEmpty' || term.op === 'isNotEmpty') return signed(term, fact.kind === 'absent');
  return signed(term, fact.kind === 'known' && textMatches(term, fact.value));
}

/** Is one of the values the text, or (with `~`) does the text match the pattern? In any case. */
export function textMatches(term: Term, text: string): boolean {
  if (term.op === '~' || term.op === '!~') return term.values.some((pattern) => matchesPattern(text, pattern));
  const folded = foldCase(text);
  return term.values.some((value) => foldCase(value) === folded);
}

/** A list such as groups: `=` asks whether the list holds the value. */
export function listTerm(term: Term, list: ReadList<string>): Truth {
  const otherwise: Truth = list.complete ? false : 'unknown';
  if (term.op === 'isEmpty' || term.op === 'isNotEmpty') return signed(term, list.items.length > 0 ? false : list.complete ? true : 'unknown');
  return signed(term, list.items.some((item) => textMatches(term, item)) ? true : otherwise);
}

/** A choice whose list has an `unknown` of its own: `status = unknown` is true of it, `status = active` unknown. */
export function choiceTerm(term: Term, value: string): Truth {
  const chosen = term.values.includes(value);
  return signed(term, chosen || value !== 'unknown' ? chosen : 'unknown');
}

export function flagTerm(term: Term, fact: Fact<boolean>): Truth {
  if (fact.kind !== 'known') return 'unknown';
  return signed(term, term.values.includes(String(fact.value)));
}

/** Compares days, which compare as text. */
export function compareDays(op: Term['op'], day: string, limit: string): boolean {
  switch (op) {
    case '<':
      return day < limit;
    case '<=':
      return day <= limit;
    case '>':
      return day > limit;
    case '>=':
      return day >= limit;
    default:
      return day === limit;
  }
}

