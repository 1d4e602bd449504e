import type { Term } from './ast.ts';
import { fields, findField } from './fields.ts';
import type { Field, Operator } from './fields.ts';
import { isTerm, makeTerm, operatorText } from './term.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

const reserved = new Set(['AND', 'OR', 'NOT', 'IN', 'IS']);

/** Words that need quotes to be values. */
export function isReserved(word: string): boolean {
  return reserved.has(word.toUpperCase());
}

/** One comparison: field, operator, value or values. */
export function parseTerm(reader: TokenReader, level: 'any' | 'access'): Term {
  const field = parseField(reader, level);
  const operatorAt = reader.peek();
  const op = parseOperator(reader, field);
  const values = parseValues(reader, field, op);
  reader.countTerm();
  const made = makeTerm(field.name, op, values.map((token) => token.text));
  if (isTerm(made)) return made;
  const token = made.value === undefined ? operatorAt : (values[made.value] ?? operatorAt);
  throw reader.failAt(token, made.code, made.message, made.expected);
}

function parseField(reader: TokenReader, level: 'any' | 'access'): Field {
  reader.expect({ kind: 'field', level });
  const token = reader.peek();
  if (token.kind !== 'word' || isReserved(token.text)) throw reader.unexpected();
  const field = findField(token.text);
  if (field === null) {
    const known = Object.values(fields).filter((one) => level === 'any' || one.level === 'access');
    const names = known.map((one) => one.name);
    throw reader.failAt(token, 'unknownField', `There is no field "${token.text}". Fields are ${names.join(', ')}.`, names);
  }
  if (level === 'access' && field.level === 'account') {
    throw reader.failAt(token, 'accountTermInAccess', `${field.name} speaks of the account, not of one access. Put it outside the brackets of access(…).`, []);
  }
  reader.take();
  return field;
}

function parseOperator(reader: TokenReader, field: Field): Operator {
  reader.expect({ kind: 'operator', field });
  const token = reader.peek();
  const op = token.kind === 'operator' ? signs.find((sign) => sign === token.text) : undefined;
  if (op !== undefined) return takeAllowed(reader, field, op);
  const word = token.kind === 'word' ? token.text.toUpperCase() : '';
  const after = reader.peek(1).text.toUpperCase();
  if (word === 'IN') return takeAllowed(reader, field, 'in');
  if (word === 'NOT' && after === 'IN') return takeAllowed(reader, field, 'notIn');
  if (word !== 'IS') throw reader.unexpected();
  reader.take();
  const negated = reader.takeKeyword('NOT');
  if (!reader.takeKeyword('EMPTY')) throw reader.unexpected();
  return negated ? 'isNotEmpty' : 'isEmpty';
}

const signs = ['=', '!=', '~', '!~', '<', '<=', '>', '>='] as const;

function takeAllowed(reader: TokenReader, field: Field, op: Operator): Operator {
  const token = reader.peek();
  if (!field.operators.includes(op)) {
    const expected = field.operators.map((one) => operatorText[one]);
    throw reader.failAt(token, 'operatorNotForField', `${field.name} cannot be compared with ${operatorText[op]}. It takes ${expected.join(', ')}.`, expected);
  }
  reader.take();
  if (op === 'notIn') reader.take();
  return op;
}

function parseValues(reader: TokenReader, field: Field, op: Operator): readonly Token[] {
  if (op === 'isEmpty' || op === 'isNotEmpty') return [];
  if (op !== 'in' && op !== 'notIn') return [parseValue(reader, field, op)];
  if (!reader.takeMark('(')) throw reader.unexpected();
  const values = [parseValue(reader, field, op)];
  while (reader.takeMark(',')) values.push(parseValue(reader, field, op));
  if (!reader.takeMark(')')) throw reader.unexpected();
  return values;
}

function parseValue(reader: TokenReader, field: Field, op: Operator): Token {
  reader.expect({ kind: 'value', field, op });
  const token = reader.peek();
  if (token.kind === 'string' || (token.kind === 'word' && !isReserved(token.text))) return reader.take();
  throw reader.unexpected();
}
