import { conjuncts, fromFilters, printQuery, queryVersion } from '@rollcall/core';
import type { Query } from '@rollcall/core';
import type { Narrowing } from './column-header.tsx';
import { chosenValues, readQuery, withValues, withoutField, writeFilters } from './filters.ts';
import type { Filters } from './filters.ts';
import type { ResourceColumn } from './use-inventory.ts';

/** The classes of this app that the filters are narrowed to; none when they speak of another app, or of several. */
export function narrowingOf(filters: Filters, { app, site }: ResourceColumn): Narrowing {
  const apps = chosenValues(filters, 'app');
  const sites = chosenValues(filters, 'site');
  const isThis = apps?.length === 1 && apps[0] === app && (sites?.length === 0 || (sites?.length === 1 && sites[0] === site));
  return isThis ? (chosenValues(filters, 'usage') ?? []) : [];
}

/** The query narrowed to these classes of one app; none: no longer narrowed by an app. What only text can say stays and is narrowed further. */
export function narrowedTo(q: string, resource: ResourceColumn, all: readonly ResourceColumn[], usages: Narrowing): string {
  const read = readQuery(q);
  const isTwice = all.some(({ app, resourceId }) => app === resource.app && resourceId !== resource.resourceId);
  const narrow = (filters: Filters): Filters => {
    const ofApp = withValues(filters, 'app', [resource.app]);
    return withValues(isTwice ? withValues(ofApp, 'site', [resource.site]) : ofApp, 'usage', usages);
  };
  if (read.kind === 'text') return usages.length === 0 ? q : bothHold(read.query, fromFilters(narrow({ words: '', terms: [] }).terms));
  const before = withoutField(read.kind === 'filters' ? read.filters : { words: '', terms: [] }, 'app', 'site', 'usage', 'lastActive');
  return writeFilters(usages.length === 0 ? before : narrow(before));
}

function bothHold(...queries: readonly Query[]): string {
  const parts = queries.flatMap(({ where }) => conjuncts(where));
  return printQuery({ version: queryVersion, where: { kind: 'and', parts } });
}
