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

/** The query narrowed to these classes of one app; none: no longer narrowed by an app. Whatever else it says stays, unless only text can say it. */
export function narrowedTo(q: string, resource: ResourceColumn, all: readonly ResourceColumn[], usages: Narrowing): string {
  const read = readQuery(q);
  const before = withoutField(read.kind === 'filters' ? read.filters : { words: '', terms: [] }, 'app', 'site', 'usage', 'lastActive');
  if (usages.length === 0) return writeFilters(before);
  const isTwice = all.some(({ app, resourceId }) => app === resource.app && resourceId !== resource.resourceId);
  const ofApp = withValues(before, 'app', [resource.app]);
  return writeFilters(withValues(isTwice ? withValues(ofApp, 'site', [resource.site]) : ofApp, 'usage', usages));
}
