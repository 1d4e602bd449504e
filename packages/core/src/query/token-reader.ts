import { describeExpectation } from './expectation.ts';
import type { Expectation } from './expectation.ts';
import { queryLimits } from './limits.ts';
import type { QueryError, QueryErrorCode } from './query-error.ts';
import type { Token } from './tokens.ts';

/** Carries a problem out of the recursive parser; never leaves this folder. */
export class QueryFailure extends Error {
  readonly problem: QueryError;
  constructor(problem: QueryError) {
    super(problem.message);
    this.name = 'QueryFailure';
    this.problem = problem;
  }
}

export interface TokenReader {
  peek(ahead?: number): Token;
  take(): Token;
  /** Remembers what may stand at this place. */
  expect(one: Expectation): void;
  expectAccessStart(): void;
  /** Takes the word when it stands here, in any case. */
  takeKeyword(word: string): boolean;
  takeMark(mark: '(' | ')' | ','): boolean;
  expectations(): readonly Expectation[];
  countTerm(): void;
  unexpected(): QueryFailure;
  failAt(token: Token, code: QueryErrorCode, message: string, expected: readonly string[]): QueryFailure;
  tooDeep(): QueryFailure;
}

/** Reads tokens one after the other and remembers what was looked for at the present place. */
export function makeReader(tokens: readonly Token[]): TokenReader {
  const end: Token = tokens.at(-1) ?? { kind: 'end', text: '', from: 0, to: 0 };
  let at = 0;
  let terms = 0;
  let wanted: Expectation[] = [];
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? end;
  const take = (): Token => {
    const token = peek();
    at += 1;
    wanted = [];
    return token;
  };
  const expect = (one: Expectation): void => {
    wanted.push(one);
  };
  const failAt = (token: Token, code: QueryErrorCode, message: string, expected: readonly string[]): QueryFailure =>
    new QueryFailure({ code, message, from: token.from, to: token.to, expected });
  const unexpected = (): QueryFailure => {
    const token = peek();
    const expected = [...new Set(wanted.map(describeExpectation))];
    const found = token.kind === 'end' ? 'The query ends too early' : `"${token.text}" cannot stand here`;
    return failAt(token, 'unexpected', `${found}. Expected ${expected.join(' or ')}.`, expected);
  };
  const takeIf = (yes: boolean): boolean => {
    if (yes) take();
    return yes;
  };
  return {
    peek,
    take,
    expect,
    expectAccessStart() {
      for (const text of ['NOT', '(', 'any access(', 'every access(', 'no access(']) expect({ kind: 'keyword', text });
    },
    takeKeyword(word) {
      expect({ kind: 'keyword', text: word });
      const token = peek();
      return takeIf(token.kind === 'word' && token.text.toUpperCase() === word);
    },
    takeMark(mark) {
      expect({ kind: 'keyword', text: mark });
      return takeIf(peek().kind === mark);
    },
    expectations: () => wanted,
    countTerm() {
      terms += 1;
      if (terms > queryLimits.terms) throw failAt(peek(), 'tooManyTerms', `A query holds at most ${queryLimits.terms} terms.`, []);
    },
    unexpected,
    failAt,
    tooDeep: () => failAt(peek(), 'tooDeep', `A query holds at most ${queryLimits.depth} conditions within each other.`, []),
  };
}
