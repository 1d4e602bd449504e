import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { usageError } from '../cli-error.ts';
import type { Source } from './find-source.ts';

/** Rollcall's row ids of the groups a person named, by name or row id (`#12`). */
export async function findGroups(client: Client, source: Source, names: readonly string[]): Promise<number[]> {
  return Promise.all(names.map((name) => findGroup(client, source, name)));
}

async function findGroup(client: Client, source: Source, name: string): Promise<number> {
  const rowId = /^#(\d+)$/.exec(name)?.[1];
  if (rowId !== undefined) return Number(rowId);
  const { items } = await client.call(routes.inventory.values, { query: { field: 'group', prefix: name } });
  const member = await client.call(routes.inventory.page, { query: { q: `group = ${JSON.stringify(name)} AND source = ${JSON.stringify(source.name)}`, limit: 1 } });
  const [row] = member.rows;
  const group = row === undefined ? undefined : (await client.call(routes.inventory.account, { params: { accountId: row.id } })).groups.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (group !== undefined) return group.groupId;
  const near = items.slice(0, 10).map(({ label }) => `  ${label}`);
  throw usageError(`${source.name} has no group ${JSON.stringify(name)} with members.${near.length === 0 ? '' : ` There is:\n${near.join('\n')}`}`);
}
