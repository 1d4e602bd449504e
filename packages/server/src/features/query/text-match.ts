import { foldCase, patternParts } from '@rollcall/core';
import type { Term } from '@rollcall/core';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { always, both, either, leaf } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import { textIsOneOf } from './sql-fragments.ts';

/** Does a text that is given in lower case (never NULL) match one of the term's values, in any case? */
export function textMatch(lowered: RawBuilder<unknown>, term: Term): SqlCondition {
  if (term.op !== '~' && term.op !== '!~') return textIsOneOf(lowered, term.values.map(foldCase));
  return either(term.values.map((pattern) => leaf(sql`${lowered} like ${likePattern(patternParts(pattern))}`)));
}

/**
 * What every match of a name or e-mail also fulfils, in a form that an index answers: `sortKey` is the text in lower case where there is one, and `search_text`
 * holds name, e-mail and vendor id in lower case, so it holds each part of a match.
 */
export function textPrefilter(term: Term, sortKey: RawBuilder<unknown>): SqlCondition {
  if (term.op !== '~') return textIsOneOf(sortKey, term.values.map(foldCase));
  // Each pattern is one more walk of the index; long lists are compared row by row.
  return term.values.length > 8 ? always : either(term.values.map((value) => prefilterOf(patternParts(value))));
}

const threeLetters = /[\p{L}\p{N}]{3}/u;
const beyondLatin = /[\u0250-\u{10ffff}]/u;

function prefilterOf(parts: readonly string[]): SqlCondition {
  if (parts.some((part) => threeLetters.test(part))) return leaf(sql`a.search_text like ${likePattern(['', ...parts, ''])}`);
  const pairs = parts.filter((part) => Array.from(part).length >= 2 && beyondLatin.test(part));
  return both(pairs.map((part) => leaf(sql`a.search_text ~ '[^\\u0001-\\u024f]' and search_pairs(a.search_text) @> search_pairs(${part}::text)`)));
}

function likePattern(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[\\%_]/g, (char) => `\\${char}`)).join('%');
}
