import { queryVersion } from './ast.ts';
import type { Condition, Query } from './ast.ts';
import { bindAccess } from './bind-access.ts';
import type { Expectation } from './expectation.ts';
import { queryLimits } from './limits.ts';
import { parseCondition } from './parse-condition.ts';
import type { QueryError } from './query-error.ts';
import { makeReader, QueryFailure } from './token-reader.ts';
import { tokenise } from './tokens.ts';

export type ParsedQuery = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryError };

/**
 * Reads the text face of a query, in the manner of JQL. Keywords, fields and choices in any case; empty text selects everyone.
 * The only wildcard is `*` after `~`; there are no regular expressions. The error says where it stands and what was expected.
 */
export function parseQuery(text: string): ParsedQuery {
  const { query, error } = readQuery(text);
  return query === null ? { ok: false, error } : { ok: true, query };
}

export type ReadQuery = ({ readonly query: Query; readonly error: null } | { readonly query: null; readonly error: QueryError }) & {
  /** What may stand where reading stopped: at the end of the text, or at the error. */
  readonly expectations: readonly Expectation[];
};

/** {@link parseQuery} with what could follow; for completion. */
export function readQuery(text: string): ReadQuery {
  if (text.length > queryLimits.length) {
    return { query: null, error: { code: 'tooLong', message: `A query holds at most ${queryLimits.length} characters.`, from: queryLimits.length, to: text.length, expected: [] }, expectations: [] };
  }
  const tokens = tokenise(text);
  if ('code' in tokens) return { query: null, error: tokens, expectations: [] };
  const reader = makeReader(tokens);
  try {
    const where = readWhole(reader);
    return { query: { version: queryVersion, where }, error: null, expectations: reader.expectations() };
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    return { query: null, error: error.problem, expectations: reader.expectations() };
  }
}

function readWhole(reader: ReturnType<typeof makeReader>): Condition | null {
  if (reader.peek().kind === 'end') {
    reader.expect({ kind: 'field', level: 'any' });
    reader.expectAccessStart();
    return null;
  }
  const raw = parseCondition(reader, { level: 'any', depth: 0 });
  reader.expect({ kind: 'end' });
  if (reader.peek().kind !== 'end') throw reader.unexpected();
  const where = bindAccess(raw);
  if (conditionDepth(where) > queryLimits.depth) throw reader.tooDeep();
  return where;
}

/** How many conditions stand within each other. */
function conditionDepth(node: Condition): number {
  switch (node.kind) {
    case 'term':
      return 1;
    case 'not':
      return 1 + conditionDepth(node.part);
    case 'access':
      return 1 + (node.where === null ? 0 : conditionDepth(node.where));
    case 'and':
    case 'or':
      return 1 + Math.max(...node.parts.map(conditionDepth));
  }
}
