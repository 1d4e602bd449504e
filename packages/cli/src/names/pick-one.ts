import { usageError } from '../cli-error.ts';

/** Enough of an id to be meant as one. */
const shortestId = 6;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The one thing a person means: by exact name or id, else by a beginning of either that only one has. Throws a usage error that lists what there is. */
export function pickOne<T>(what: string, text: string, items: readonly T[], named: (item: T) => Named): T {
  const lower = text.trim().toLowerCase();
  const exact = items.filter((item) => named(item).id.toLowerCase() === lower || named(item).name.toLowerCase() === lower);
  const found = exact.length > 0 ? exact : items.filter((item) => startsWith(named(item), lower));
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  const list = (found.length > 1 ? found : items).slice(0, 20).map((item) => `  ${named(item).name}  (${named(item).id})`);
  if (found.length > 1) throw usageError(`${JSON.stringify(text)} can mean several; give the id:\n${list.join('\n')}`);
  if (items.length === 0) throw usageError(`There is no ${what} yet.`);
  throw usageError(`There is no ${what} ${JSON.stringify(text)}. There is:\n${list.join('\n')}`);
}

function startsWith({ id, name }: Named, lower: string): boolean {
  return lower !== '' && (name.toLowerCase().startsWith(lower) || (lower.length >= shortestId && id.toLowerCase().startsWith(lower)));
}
