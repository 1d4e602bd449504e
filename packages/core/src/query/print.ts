import type { AccessCondition, AccessNode, Condition, Query, Term } from './ast.ts';
import { normaliseQuery } from './normalise.ts';
import { isReserved } from './parse-term.ts';
import { operatorText } from './term.ts';

type Parent = 'top' | 'and' | 'or' | 'not';
const plainWord = /^[^\s"'(),=<>!~]+$/;

/** Writes the text face. Its text parses back to the same normal form; `any access(…)` is written bare wherever that binds the same way. */
export function printQuery(query: Query): string {
  const { where } = normaliseQuery(query);
  return where === null ? '' : print(where, 'top');
}

/** One term as text: `group IN ("vip", staff)`. */
export function printTerm(term: Term): string {
  const written = term.values.map(printValue);
  if (term.op === 'isEmpty' || term.op === 'isNotEmpty') return `${term.field} ${operatorText[term.op]}`;
  const list = term.op === 'in' || term.op === 'notIn';
  return `${term.field} ${operatorText[term.op]} ${list ? `(${written.join(', ')})` : written.join('')}`;
}

/** A value as text, in quotes where it needs them. */
export function printValue(value: string): string {
  if (plainWord.test(value) && !isReserved(value)) return value;
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function print(node: Condition, parent: Parent): string {
  switch (node.kind) {
    case 'term':
      return printTerm(node);
    case 'access':
      return canBeBare(node.where) && node.quantifier === 'any' && (parent === 'top' || parent === 'not') ? printBare(node.where, parent) : printAccess(node);
    case 'not':
      return `NOT ${print(node.part, 'not')}`;
    case 'and':
    case 'or':
      return bracket(node.kind, parent, printParts(node.kind, node.parts));
  }
}

function printParts(kind: 'and' | 'or', parts: readonly Condition[]): readonly string[] {
  const bare = parts.filter((part) => part.kind === 'access' && part.quantifier === 'any' && canBeBare(part.where));
  // One AND binds all its bare terms together, so only a single access may be bare in it; an OR of nothing else would become one access.
  const mayBeBare = kind === 'and' ? bare.length === 1 : bare.length < parts.length;
  return parts.map((part) => {
    const fits = mayBeBare && part.kind === 'access' && bare.includes(part) && !(kind === 'or' && part.where?.kind === 'or');
    return fits && part.where !== null ? printBare(part.where, kind) : print(part, kind);
  });
}

function canBeBare(where: AccessCondition | null): where is AccessCondition {
  if (where === null || where.kind === 'not') return false;
  return where.kind === 'term' || where.parts.every(canBeBare);
}

function printAccess(node: AccessNode): string {
  return `${node.quantifier} access(${node.where === null ? '' : printBare(node.where, 'top')})`;
}

function printBare(node: AccessCondition, parent: Parent): string {
  switch (node.kind) {
    case 'term':
      return printTerm(node);
    case 'not':
      return `NOT ${printBare(node.part, 'not')}`;
    case 'and':
    case 'or':
      return bracket(node.kind, parent, node.parts.map((part) => printBare(part, node.kind)));
  }
}

function bracket(kind: 'and' | 'or', parent: Parent, parts: readonly string[]): string {
  const text = parts.join(kind === 'and' ? ' AND ' : ' OR ');
  return parent === 'not' || (kind === 'or' && parent === 'and') ? `(${text})` : text;
}
