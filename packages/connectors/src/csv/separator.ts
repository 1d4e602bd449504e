import { ExportRefused } from './refusal.ts';

/** The characters that may stand between the fields of an export. */
export type Separator = ',' | ';' | '\t';

const candidates: readonly Separator[] = [',', ';', '\t'];
const longestHeader = 1_048_576;

/** The start of a file up to at least its first line end, what separates its fields, and the rest of the file. */
export interface SniffedFile {
  readonly separator: Separator;
  /** Lines before the header that only name the separator (`sep=;`), as Excel writes them: 0 or 1. */
  readonly skippedLines: number;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Reads up to the end of the first line and takes the separator that stands there most often outside quotes (a comma when there is
 * none). Throws `ExportRefused` when the first line is longer than 1 MiB: such a file is no table.
 */
export async function sniffSeparator(source: AsyncIterable<Buffer>): Promise<SniffedFile> {
  const iterator = source[Symbol.asyncIterator]();
  const { head, line } = await readFirstLine(iterator);
  const named = /^sep=([,;\t])$/i.exec(line);
  if (named === null) return { separator: mostFrequent(line), skippedLines: 0, chunks: resume(head, iterator) };
  const after = head.subarray(endOfLine(head));
  return { separator: named[1] === ';' ? ';' : named[1] === '\t' ? '\t' : ',', skippedLines: 1, chunks: resume(after, iterator) };
}

async function readFirstLine(iterator: AsyncIterator<Buffer>): Promise<{ head: Buffer; line: string }> {
  const parts: Buffer[] = [];
  let length = 0;
  let lineEnds = 0;
  // One line end more than needed, so that a CR LF cut between two chunks is seen whole.
  while (lineEnds < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    parts.push(Buffer.from(next.value));
    length += next.value.length;
    lineEnds += countLineEnds(next.value);
    if (lineEnds === 0 && length > longestHeader) {
      throw new ExportRefused('tooManyColumns', 'The first line of this file is longer than a megabyte, so it is no table of accounts.');
    }
    if (length > longestHeader) break;
  }
  const head = Buffer.concat(parts);
  const firstEnd = head.findIndex((byte) => byte === 10 || byte === 13);
  return { head, line: head.toString('utf8', 0, firstEnd === -1 ? head.length : firstEnd) };
}

function countLineEnds(chunk: Buffer): number {
  let count = 0;
  for (const byte of chunk.subarray(0, longestHeader)) {
    if (byte === 10 || byte === 13) count += 1;
    if (count >= 2) break;
  }
  return count;
}

function endOfLine(head: Buffer): number {
  const at = head.findIndex((byte) => byte === 10 || byte === 13);
  if (at === -1) return head.length;
  return head[at] === 13 && head[at + 1] === 10 ? at + 2 : at + 1;
}

function mostFrequent(line: string): Separator {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === ';' || character === '\t')) counts[character] += 1;
  }
  let best: Separator = ',';
  for (const candidate of candidates) if (counts[candidate] > counts[best]) best = candidate;
  return best;
}

async function* resume(first: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (first.length > 0) yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
