import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { copyLine, type CopyValue } from "./copy-text.ts";
import { asDiskFull } from "./disk-full-error.ts";

/** A table (with its schema, where that is not the first of the search path) and the columns that the rows fill, in their order. */
export interface CopyTarget {
  readonly schema?: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Rows are sent in pieces of about this many characters. */
const pieceLength = 64 * 1024;

/**
 * Loads rows into a table by COPY, as fast as the database takes them and holding one piece of 64 K at a time.
 * All or nothing: an error of the database or of `rows` leaves no row, and inside a transaction it ends that transaction.
 *
 * @returns how many rows were loaded
 */
export async function copyIn(
  client: pg.ClientBase,
  target: CopyTarget,
  rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>,
): Promise<number> {
  return copyTextIn(client, target, pieces(rows));
}

/** The same from text that `copyLine` (or a COPY … TO STDOUT) made already; pieces may end anywhere. */
export async function copyTextIn(
  client: pg.ClientBase,
  target: CopyTarget,
  text: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<number> {
  const columns = target.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const sink = client.query(copyFrom(`COPY ${qualifiedName(target)} (${columns}) FROM STDIN`));
  try {
    await pipeline(Readable.from(text, { objectMode: false }), sink);
  } catch (error) {
    throw asDiskFull(error, "the database server's");
  }
  return sink.rowCount;
}

/** Reads a query's result as COPY's text format. Reading slowly slows the database down; leaving early cancels the query. */
export function copyOut(client: pg.ClientBase, query: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${query}) TO STDOUT`));
}

/** A table's rows in the order in which they are stored, as COPY's text format; `rowCount` is right once the text was read to its end. */
export function copyTableOut(client: pg.ClientBase, target: CopyTarget): { readonly text: AsyncIterable<Buffer>; rowCount(): number } {
  const columns = target.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const text = client.query(copyTo(`COPY ${qualifiedName(target)} (${columns}) TO STDOUT`));
  return { text, rowCount: () => text.rowCount };
}

function qualifiedName(target: CopyTarget): string {
  const table = pg.escapeIdentifier(target.table);
  return target.schema === undefined ? table : `${pg.escapeIdentifier(target.schema)}.${table}`;
}

function pieces(rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>): AsyncGenerator<string> | Generator<string> {
  return Symbol.asyncIterator in rows ? piecesOfStream(rows) : piecesOf(rows);
}

async function* piecesOfStream(rows: AsyncIterable<readonly CopyValue[]>): AsyncGenerator<string> {
  let piece = "";
  for await (const row of rows) {
    piece += copyLine(row);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** Rows that are there already are not waited for one by one: millions of promises would cost more than their text. */
function* piecesOf(rows: Iterable<readonly CopyValue[]>): Generator<string> {
  let piece = "";
  for (const row of rows) {
    piece += copyLine(row);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
