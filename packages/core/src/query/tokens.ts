import type { QueryError } from './query-error.ts';

export type TokenKind = 'word' | 'string' | 'operator' | '(' | ')' | ',' | 'end';

/** `text` is the value of a string without its quotes; `from`/`to` cover it as written. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const space = /\s+/y;
// Words take in what e-mail addresses, dates, distances, group names and patterns are made of, so that most values need no quotes.
const word = /[^\s"'(),=<>!~]+/y;
const operator = /!=|!~|<=|>=|=|~|<|>/y;

/** Cuts the text face into tokens, ending with `end`. A string may use either quote; `\` keeps the next character as it is. */
export function tokenise(text: string): readonly Token[] | QueryError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = match(space, text, at);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    const token = nextToken(text, at);
    if ('code' in token) return token;
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}

function nextToken(text: string, at: number): Token | QueryError {
  const char = text[at];
  if (char === '(' || char === ')' || char === ',') return { kind: char, text: char, from: at, to: at + 1 };
  if (char === '"' || char === "'") return readString(text, at, char);
  const sign = match(operator, text, at);
  if (sign !== null) return { kind: 'operator', text: sign, from: at, to: at + sign.length };
  const plain = match(word, text, at);
  if (plain !== null) return { kind: 'word', text: plain, from: at, to: at + plain.length };
  return { code: 'unexpectedCharacter', message: `The character "${char}" cannot stand here. Put values with such characters in quotes.`, from: at, to: at + 1, expected: [] };
}

function readString(text: string, from: number, quote: string): Token | QueryError {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === quote) return { kind: 'string', text: value, from, to: at + 1 };
    if (char === '\\' && at + 1 < text.length) at += 1;
    value += text[at] ?? '';
  }
  return { code: 'unterminatedString', message: `The text that begins here has no closing ${quote}.`, from, to: text.length, expected: [quote] };
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
