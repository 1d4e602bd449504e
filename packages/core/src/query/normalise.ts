import type { AccessCondition, Condition, Query } from './ast.ts';

/** The same condition with AND within AND (OR within OR) made flat and lists of one opened: the form the parser gives and the printer prints. */
export function normaliseQuery(query: Query): Query {
  return { version: query.version, where: query.where === null ? null : normaliseCondition(query.where) };
}

function normaliseCondition(node: Condition): Condition {
  switch (node.kind) {
    case 'term':
      return node;
    case 'access':
      return { ...node, where: node.where === null ? null : normaliseAccess(node.where) };
    case 'not':
      return { kind: 'not', part: normaliseCondition(node.part) };
    case 'and':
    case 'or':
      return list(node.kind, node.parts.map(normaliseCondition));
  }
}

function normaliseAccess(node: AccessCondition): AccessCondition {
  switch (node.kind) {
    case 'term':
      return node;
    case 'not':
      return { kind: 'not', part: normaliseAccess(node.part) };
    case 'and':
    case 'or':
      return accessList(node.kind, node.parts.map(normaliseAccess));
  }
}

/** AND or OR of at least one condition. */
export function list(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind, parts: flat };
}

/** AND or OR of at least one condition on one access. */
export function accessList(kind: 'and' | 'or', parts: readonly AccessCondition[]): AccessCondition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind, parts: flat };
}
