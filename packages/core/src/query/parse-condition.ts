import { quantifiers } from './ast.ts';
import type { AccessCondition, AccessNode, Condition, Quantifier } from './ast.ts';
import { queryLimits } from './limits.ts';
import { accessList, list } from './normalise.ts';
import { parseTerm } from './parse-term.ts';
import type { TokenReader } from './token-reader.ts';

/** `access`: inside the brackets of `any access(…)`, where only access fields may stand. */
export interface Place {
  readonly level: 'any' | 'access';
  readonly depth: number;
}

/** OR binds weakest, then AND, then NOT. Bare access terms are left bare; `bindAccess` gives them their quantifier. */
export function parseCondition(reader: TokenReader, place: Place): Condition {
  if (place.depth > 2 * queryLimits.depth) throw reader.tooDeep();
  const parts = [parseConjunction(reader, place)];
  while (reader.takeKeyword('OR')) parts.push(parseConjunction(reader, place));
  return list('or', parts);
}

function parseConjunction(reader: TokenReader, place: Place): Condition {
  const parts = [parseFactor(reader, place)];
  while (reader.takeKeyword('AND')) parts.push(parseFactor(reader, place));
  return list('and', parts);
}

function parseFactor(reader: TokenReader, place: Place): Condition {
  const deeper = { ...place, depth: place.depth + 1 };
  if (place.depth > 2 * queryLimits.depth) throw reader.tooDeep();
  if (reader.takeKeyword('NOT')) return { kind: 'not', part: parseFactor(reader, deeper) };
  if (reader.takeMark('(')) {
    const inner = parseCondition(reader, deeper);
    if (!reader.takeMark(')')) throw reader.unexpected();
    return inner;
  }
  const quantifier = place.level === 'access' ? nestedAccess(reader) : takeQuantifier(reader);
  return quantifier === null ? parseTerm(reader, place.level) : parseAccess(reader, quantifier, deeper);
}

function quantifierHere(reader: TokenReader): Quantifier | null {
  const isAccess = reader.peek(1).text.toUpperCase() === 'ACCESS';
  const token = reader.peek();
  return isAccess && token.kind === 'word' ? (quantifiers.find((one) => one === token.text.toLowerCase()) ?? null) : null;
}

function nestedAccess(reader: TokenReader): null {
  if (quantifierHere(reader) === null) return null;
  throw reader.failAt(reader.peek(), 'nestedAccess', 'An access(…) cannot stand inside another. Join them outside with AND or OR.', []);
}

function takeQuantifier(reader: TokenReader): Quantifier | null {
  for (const one of quantifiers) reader.expect({ kind: 'keyword', text: `${one} access(` });
  const found = quantifierHere(reader);
  if (found !== null) {
    reader.take();
    reader.take();
  }
  return found;
}

function parseAccess(reader: TokenReader, quantifier: Quantifier, place: Place): AccessNode {
  if (!reader.takeMark('(')) throw reader.unexpected();
  if (reader.takeMark(')')) return { kind: 'access', quantifier, where: null };
  const inner = parseCondition(reader, { level: 'access', depth: place.depth });
  if (!reader.takeMark(')')) throw reader.unexpected();
  return { kind: 'access', quantifier, where: asAccessCondition(inner) };
}

/** The parser refuses account terms and nested accesses at this level, so only the type is narrowed here. */
function asAccessCondition(node: Condition): AccessCondition {
  switch (node.kind) {
    case 'term':
      return node;
    case 'not':
      return { kind: 'not', part: asAccessCondition(node.part) };
    case 'and':
    case 'or':
      return accessList(node.kind, node.parts.map(asAccessCondition));
    case 'access':
      throw new TypeError('An access within an access must have been refused by the parser.');
  }
}
