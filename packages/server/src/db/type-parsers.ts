import pg from "pg";

type Parser = (text: string) => unknown;

/** Type oids of PostgreSQL's catalogue (pg_type.dat); they never change. */
const oid = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, timestamp: 1114, timestampArray: 1115, numericArray: 1231, textArray: 1009 } as const;

const asText: Parser = (text) => text;

/**
 * How values of the database become values of ours. Differences to pg's own:
 * - `date` stays the text `YYYY-MM-DD` (pg makes local midnight: 1 March in Tokyo becomes 28 February in UTC)
 * - `int8` is a number, and an error where a number would round it (pg gives text)
 * - arrays of numeric stay text like numeric itself (pg makes floats of them)
 * - `timestamp` without zone stays text; our schema has none, and guessing a zone is how hours get lost
 * `timestamptz` is a Date and `numeric` a text, as pg has it.
 */
const parsers: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [oid.int8, parseInt8],
  [oid.int8Array, (text) => parseTextArray(text).map((item) => (item === null ? null : parseInt8(item)))],
  [oid.date, asText],
  [oid.dateArray, parseTextArray],
  [oid.timestamp, asText],
  [oid.timestampArray, parseTextArray],
  [oid.numericArray, parseTextArray],
]);

type FindParser = (typeOid: number, format?: "text" | "binary") => Parser;

// pg declares its finder by an enum of oids and its parsers as returning any; by number and unknown is what they are.
const findBuiltIn = pg.types.getTypeParser as FindParser;

const findParser: FindParser = (typeOid, format) =>
  // Binary results are never asked for.
  (format === "binary" ? undefined : parsers.get(typeOid)) ?? findBuiltIn(typeOid, format);

/** pg's `types` setting, for one pool or client; nothing global is changed. */
export const typeParsers: pg.CustomTypesConfig = { getTypeParser: findParser as typeof pg.types.getTypeParser };

function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`The database gave an integer beyond 2^53 (${text.length} digits), which would be rounded.`);
}

function parseTextArray(text: string): (string | null)[] {
  const items = findBuiltIn(oid.textArray)(text);
  return Array.isArray(items) ? items.map((item: unknown) => (typeof item === "string" ? item : null)) : [];
}
