import { routes } from '@rollcall/contract';
import type { Client, RouteResult } from '@rollcall/contract';

type Page = RouteResult<typeof routes.inventory.page>;

/** The whole inventory of a source. */
export async function allRows(client: Client, sourceName: string): Promise<Pick<Page, 'rows' | 'columns'>> {
  const rows: Page['rows'] = [];
  let columns: Page['columns'] = [];
  let after: string | null = null;
  do {
    const page: Page = await client.call(routes.inventory.page, { query: { q: `source = "${sourceName}"`, limit: 500, ...(after === null ? {} : { after }) } });
    rows.push(...page.rows);
    columns = page.columns;
    after = page.next;
  } while (after !== null);
  return { rows, columns };
}
