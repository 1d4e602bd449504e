import type { BrokenRow } from './row-sink.ts';

/** What can be wrong in a file that is an export. The codes are stored and shown; add, never rename. */
export type ProblemKind =
  | BrokenRow
  | 'wrongFieldCount'
  | 'noIdentity'
  | 'badText'
  | 'unreadableDate'
  | 'ambiguousDate'
  | 'impossibleDate'
  | 'futureDate'
  | 'unknownStatus'
  | 'unknownAccess'
  | 'disagreement';

/** One finding. It names the place, never the value: a report of problems holds no personal data. */
export interface Problem {
  readonly kind: ProblemKind;
  /** The line as an editor numbers it. */
  readonly line: number;
  /** The column's header, where one cell is meant. */
  readonly column: string | null;
}

const sentences: Readonly<Record<ProblemKind, string>> = {
  unclosedQuote: 'A quoted field opens on this line and is not closed properly. The row is left out; reading goes on with the next line.',
  fieldTooLong: 'A field of this row is longer than 1 MB. The row is left out.',
  rowTooLong: 'This row is longer than 8 MB. The row is left out.',
  tooManyFields: 'This row has more than 2,000 fields. The row is left out.',
  nulByte: 'This row holds NUL bytes. The row is left out.',
  wrongFieldCount: 'This row has more or fewer fields than the header, so its fields cannot be told apart. The row is left out.',
  noIdentity: 'This row has neither an account id nor an e-mail address or user name. The row is left out.',
  badText: 'This text is not valid UTF-8. Its unreadable characters are shown as \uFFFD.',
  unreadableDate: 'This is not a date that Rollcall can read. It counts as unknown.',
  ambiguousDate: 'Day, month or year of this date cannot be told apart. It counts as unknown.',
  impossibleDate: 'The calendar has no such day. It counts as unknown.',
  futureDate: 'This date is later than the export itself. It counts as unknown.',
  unknownStatus: 'This is not a status that Rollcall knows. It counts as unknown.',
  unknownAccess: 'This does not say whether the account has access. It counts as unknown.',
  disagreement: 'Two rows of this account say different things. The latest date counts; other facts that differ count as unknown.',
};

/** What a problem means for the reader of the file, in one or two sentences. */
export function problemSentence(kind: ProblemKind): string {
  return sentences[kind];
}

const broken: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'unclosedQuote',
  'fieldTooLong',
  'rowTooLong',
  'tooManyFields',
  'nulByte',
  'wrongFieldCount',
  'noIdentity',
]);

/** Problems of a file: the first ones in full, all of them counted. */
export class ProblemLog {
  readonly #kept: Problem[] = [];
  readonly #totals = new Map<ProblemKind, number>();
  readonly #limit: number;

  /** @param limit how many problems are kept in full (default 10,000). */
  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  add(kind: ProblemKind, line: number, column: string | null = null): void {
    this.#totals.set(kind, (this.#totals.get(kind) ?? 0) + 1);
    if (this.#kept.length < this.#limit) this.#kept.push({ kind, line, column });
  }

  /** The problems kept, in the order found. */
  get problems(): readonly Problem[] {
    return this.#kept;
  }

  /** How many there are of each kind, the ones not kept included. */
  get totals(): Readonly<Partial<Record<ProblemKind, number>>> {
    return Object.fromEntries(this.#totals);
  }

  /** How many rows were left out. */
  get brokenRows(): number {
    let rows = 0;
    for (const [kind, total] of this.#totals) if (broken.has(kind)) rows += total;
    return rows;
  }
}

/** The problems as a CSV file (`line,column,kind,problem`) for download. Header texts come from the file, so they are made safe for spreadsheets. */
export function problemsCsv(problems: readonly Problem[]): string {
  const lines = problems.map(({ line, column, kind }) => [String(line), cell(column ?? ''), kind, cell(problemSentence(kind))].join(','));
  return `${['line,column,kind,problem', ...lines].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
