import { routes } from '@rollcall/contract';
import type { Client, RouteAnswer } from '@rollcall/contract';
import { usageError } from '../cli-error.ts';
import { pickOne } from './pick-one.ts';

export type Source = RouteAnswer<typeof routes.sources.get>;

/** The source a person named: by name, a beginning of it, or id. Throws with the names there are. */
export async function findSource(client: Client, name: string): Promise<Source> {
  const { items } = await client.call(routes.sources.list, {});
  return pickOne('source', name, items, ({ id, name: own }) => ({ id, name: own }));
}

/** The source named, or the only one there is. */
export async function findSourceOrOnly(client: Client, name: string | undefined): Promise<Source> {
  if (name !== undefined) return findSource(client, name);
  const { items } = await client.call(routes.sources.list, {});
  const [only] = items;
  if (only === undefined) throw usageError('There is no source yet. Add one with: rollcall source add');
  if (items.length > 1) throw usageError(`Say which source, with --source: ${items.map((one) => JSON.stringify(one.name)).join(', ')}.`);
  return only;
}
