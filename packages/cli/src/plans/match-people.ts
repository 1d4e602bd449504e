import { routes } from '@rollcall/contract';
import { printTerm } from '@rollcall/core';
import { allItems } from '../connection/pages.ts';
import type { Session } from '../context.ts';
import type { Source } from '../names/find-source.ts';
import type { ListedPerson } from './listed-people.ts';

export interface MatchedPeople {
  readonly accountIds: readonly number[];
  readonly none: readonly ListedPerson[];
  /** Lines that mean several accounts: none of them is taken. */
  readonly several: readonly ListedPerson[];
}

/** Encoded characters of one question: an address has to stay below what servers and proxies take. */
const longestQuestion = 5_000;

/** Finds the accounts of a source that a list means, by account id or e-mail (in any case). */
export async function matchPeople(session: Session, source: Source, listed: readonly ListedPerson[]): Promise<MatchedPeople> {
  const found = new Map<string, Set<number>>();
  const note = (text: string | null, id: number): void => {
    if (text !== null) found.set(text.toLowerCase(), (found.get(text.toLowerCase()) ?? new Set()).add(id));
  };
  const progress = session.progress();
  const wanted = [...new Set(listed.map(({ text }) => text.toLowerCase()))];
  let done = 0;
  for (const [field, texts] of [['email', wanted.filter((text) => text.includes('@'))], ['id', wanted.filter((text) => !text.includes('@'))]] as const) {
    const asWritten = field === 'id' ? listed.map(({ text }) => text).filter((text) => !text.includes('@')) : texts;
    for (const chunk of chunks([...new Set(asWritten)])) {
      const q = `${printTerm({ kind: 'term', field: 'source', op: '=', values: [source.name] })} AND ${printTerm({ kind: 'term', field, op: 'in', values: chunk })}`;
      const page = async (after: string | undefined) => {
        const { rows, next } = await session.client.call(routes.inventory.page, { query: { q, limit: 500, after } });
        return { items: rows, next };
      };
      for await (const row of allItems(page)) note(field === 'id' ? row.vendorId : row.email, row.id);
      done += chunk.length;
      progress.show({ text: 'people looked up', done, total: wanted.length });
    }
  }
  progress.end();
  const matchesOf = ({ text }: ListedPerson): number => found.get(text.toLowerCase())?.size ?? 0;
  return {
    accountIds: [...new Set(listed.filter((one) => matchesOf(one) === 1).flatMap(({ text }) => [...(found.get(text.toLowerCase()) ?? [])]))],
    none: listed.filter((one) => matchesOf(one) === 0),
    several: listed.filter((one) => matchesOf(one) > 1),
  };
}

function* chunks(texts: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let length = 0;
  for (const text of texts) {
    const own = encodeURIComponent(text).length + 10;
    if (length + own > longestQuestion && chunk.length > 0) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(text);
    length += own;
  }
  if (chunk.length > 0) yield chunk;
}
