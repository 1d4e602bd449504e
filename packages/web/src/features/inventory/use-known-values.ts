import { routes } from '@rollcall/contract';
import type { Field } from '@rollcall/core';
import { useRead } from '../../api/index.ts';

/** The values that the server knows of each field, for completion. */
export function useKnownValues(): (field: Field) => readonly string[] {
  const app = useRead(routes.inventory.values, { query: { field: 'app' } }).data;
  const site = useRead(routes.inventory.values, { query: { field: 'site' } }).data;
  const source = useRead(routes.inventory.values, { query: { field: 'source' } }).data;
  const group = useRead(routes.inventory.values, { query: { field: 'group' } }).data;
  const domain = useRead(routes.inventory.values, { query: { field: 'domain' } }).data;
  const role = useRead(routes.inventory.values, { query: { field: 'role' } }).data;
  const known: Readonly<Record<string, typeof app>> = { app, site, source, group, domain, role };
  return ({ name }) => known[name]?.items.map(({ value }) => value) ?? [];
}
