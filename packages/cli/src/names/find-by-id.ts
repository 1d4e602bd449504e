import { usageError } from '../cli-error.ts';
import { allItems } from '../connection/pages.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const beginning = /^[0-9a-f-]{6,}$/i;
/** Older ones must be named by their whole id. */
const searched = 1_000;

interface Listed<T> {
  readonly what: 'plan' | 'run';
  readonly get: (id: string) => Promise<T>;
  readonly page: (after: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>;
}

/** A plan or run by id, by a beginning of it of six characters or more, or `latest`. */
export async function findById<T extends { readonly id: string }>(text: string, { what, get, page }: Listed<T>): Promise<T> {
  const wanted = text.trim().toLowerCase();
  if (uuid.test(wanted)) return get(wanted);
  if (wanted !== 'latest' && !beginning.test(wanted)) throw usageError(`${JSON.stringify(text)} names no ${what}. Give its id, at least six characters of it, or: latest`);
  const found: T[] = [];
  for await (const item of allItems(page, searched)) {
    if (wanted === 'latest') return item;
    if (item.id.toLowerCase().startsWith(wanted)) found.push(item);
  }
  const [one] = found;
  if (one === undefined) throw usageError(wanted === 'latest' ? `There is no ${what} yet.` : `There is no ${what} ${text}. rollcall ${what} list shows them.`);
  if (found.length > 1) throw usageError(`${text} can mean ${found.length} ${what}s. Give more of the id:\n${found.slice(0, 10).map(({ id }) => `  ${id}`).join('\n')}`);
  return one;
}
