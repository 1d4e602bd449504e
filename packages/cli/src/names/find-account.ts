import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { printTerm } from '@rollcall/core';
import { usageError } from '../cli-error.ts';

/** Rollcall's row id of the account a person named by account id or e-mail (`#17`: by row id). Throws when nobody or several match. */
export async function findAccount(client: Client, text: string): Promise<number> {
  const wanted = text.trim();
  const rowId = /^#(\d+)$/.exec(wanted)?.[1];
  if (rowId !== undefined) return Number(rowId);
  const field = wanted.includes('@') ? 'email' : 'id';
  const { rows } = await client.call(routes.inventory.page, { query: { q: printTerm({ kind: 'term', field, op: '=', values: [wanted] }), limit: 10 } });
  const [one] = rows;
  if (one === undefined) throw usageError(`Nobody in the inventory has the ${field === 'email' ? 'e-mail' : 'account id'} ${wanted}.`);
  if (rows.length > 1) throw usageError(`${wanted} is the ${field === 'email' ? 'e-mail' : 'id'} of several accounts. Choose one:\n${rows.map((row) => `  '#${row.id}'  ${row.name ?? ''}  ${row.vendorId}  in ${row.realm}`).join('\n')}`);
  return one.id;
}
