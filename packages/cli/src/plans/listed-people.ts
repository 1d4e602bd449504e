import { readFile } from 'node:fs/promises';
import { usageError } from '../cli-error.ts';

/** What a line of the file says, and where it stands (first line: 1). */
export interface ListedPerson {
  readonly line: number;
  readonly text: string;
}

const longestFileBytes = 50_000_000;
const idColumns = ['user id', 'account id', 'accountid', 'atlassian id', 'id'];
const mailColumns = ['email', 'e-mail', 'email address', 'mail'];

/**
 * Reads a list of people: a line each, or a CSV whose header names an id or e-mail column; else its first column counts.
 * Throws a usage error when the file cannot be read or lists nobody.
 */
export async function readListedPeople(file: string): Promise<readonly ListedPerson[]> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw usageError(`${file} cannot be read. Give a file with an account id or e-mail on each line.`);
  if (bytes.length > longestFileBytes) throw usageError(`${file} is larger than 50 MB. Give a file with an account id or e-mail on each line.`);
  const lines = new TextDecoder('utf-8').decode(bytes).split(/\r\n|\n|\r/);
  const [first = ''] = lines;
  const separator = [',', ';', '\t'].find((one) => first.includes(one)) ?? ',';
  const header = cells(first, separator).map((cell) => cell.toLowerCase());
  const column = [...idColumns, ...mailColumns].map((name) => header.indexOf(name)).find((at) => at >= 0);
  const people = lines
    .map((text, index) => ({ line: index + 1, text: cells(text, separator)[column ?? 0] ?? '' }))
    .filter(({ line, text }) => text !== '' && !(line === 1 && column !== undefined));
  if (people.length === 0) throw usageError(`${file} lists nobody. It needs an account id or e-mail on each line.`);
  return people;
}

/** The cells of one line; a quoted cell may hold the separator, never a line end. */
function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...found, cell.trim()];
}
