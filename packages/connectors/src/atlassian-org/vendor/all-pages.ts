import type { Rows } from './read-rows.ts';

/** More pages than one account can have. */
const mostPages = 50;

/**
 * The rows of a short list about one account, all pages. Stops at a repeated cursor: such a list is complete as far as the vendor
 * gives it. Long lists are never read so; the host walks them page by page.
 */
export async function allPages<Row>(read: (cursor: string | null) => Promise<Rows<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Rows<Row> = await read(cursor);
    rows.push(...page.rows);
    cursor = page.next;
    if (cursor === null || seen.has(cursor)) break;
    seen.add(cursor);
  }
  return rows;
}
