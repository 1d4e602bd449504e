import type { Expectation } from './expectation.ts';
import { fields } from './fields.ts';
import type { Field } from './fields.ts';
import { readQuery } from './parse.ts';
import { printValue } from './print.ts';
import { operatorText } from './term.ts';

export interface Suggestion {
  readonly kind: 'field' | 'operator' | 'value' | 'keyword';
  /** What replaces the range. */
  readonly insert: string;
  /** What the list shows: a value without its quotes. */
  readonly label: string;
}

/** `from`/`to`: the part of the text that a chosen suggestion replaces. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

export interface CompletionContext {
  /** Values known for a field (sites, groups, sources, roles), best first. */
  readonly values: (field: Field) => readonly string[];
  /** How many suggestions are wanted (default 20). */
  readonly limit?: number;
}

const examples = ['-30d', '-90d', '-6m', '-1y'];

/** What could stand at the cursor: the word under it is completed. Empty where the text before it has an error. */
export function completeQuery(text: string, cursor: number, context: CompletionContext): Completion {
  const { from, to, typed } = wordAt(text, cursor);
  const read = readQuery(text.slice(0, from));
  const endsEarly = read.error === null || (read.error.code === 'unexpected' && read.error.from >= text.slice(0, from).length);
  if (!endsEarly) return { from, to, suggestions: [] };
  const all = read.expectations.flatMap((one) => suggest(one, context));
  const fitting = rank(all, typed).slice(0, context.limit ?? 20);
  return { from, to, suggestions: fitting };
}

function wordAt(text: string, cursor: number): { from: number; to: number; typed: string } {
  const open = openQuote(text, cursor);
  if (open !== null) {
    const close = text.indexOf(text[open] ?? '"', open + 1);
    return { from: open, to: close === -1 ? text.length : close + 1, typed: text.slice(open + 1, cursor) };
  }
  const before = /[^\s"'(),=<>!~]*$/.exec(text.slice(0, cursor))?.[0] ?? '';
  const sign = before === '' ? (/[=<>!~]+$/.exec(text.slice(0, cursor))?.[0] ?? '') : '';
  // A finished operator is left alone: what is wanted after it is a value.
  const partial = sign === '!' ? sign : before;
  const after = partial === '!' ? '' : (/^[^\s"'(),=<>!~]*/.exec(text.slice(cursor))?.[0] ?? '');
  return { from: cursor - partial.length, to: cursor + after.length, typed: partial };
}

function openQuote(text: string, cursor: number): number | null {
  let open: number | null = null;
  for (let at = 0; at < cursor; at += 1) {
    const char = text[at];
    if (open !== null && char === '\\') at += 1;
    else if (open !== null && char === text[open]) open = null;
    else if (open === null && (char === '"' || char === "'")) open = at;
  }
  return open;
}

function suggest(one: Expectation, context: CompletionContext): readonly Suggestion[] {
  switch (one.kind) {
    case 'field':
      return Object.values(fields).filter((field) => one.level === 'any' || field.level === 'access').map(({ name }) => ({ kind: 'field', insert: name, label: name }));
    case 'operator':
      return one.field.operators.map((op) => ({ kind: 'operator', insert: operatorText[op], label: operatorText[op] }));
    case 'value':
      return valuesOf(one.field, context).map((value) => ({ kind: 'value', insert: printValue(value), label: value }));
    case 'keyword':
      return [{ kind: 'keyword', insert: one.text, label: one.text }];
    case 'end':
      return [];
  }
}

function valuesOf(field: Field, context: CompletionContext): readonly string[] {
  if (field.choices.length > 0) return field.choices;
  return field.type === 'date' ? examples : context.values(field);
}

/** What begins with the typed letters comes first, then what holds them. */
function rank(all: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = typed.toLowerCase();
  const unique = [...new Map(all.map((one) => [one.label, one])).values()];
  const starts = unique.filter((one) => one.label.toLowerCase().startsWith(wanted));
  const holds = unique.filter((one) => !starts.includes(one) && one.label.toLowerCase().includes(wanted));
  return [...starts, ...holds];
}
