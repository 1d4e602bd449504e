import { parseQuery, resourceMatches } from '@rollcall/core';
import type { Term } from '@rollcall/core';
import { readQuery } from './filters.ts';
import type { ResourceColumn } from './use-inventory.ts';

/** The apps on their sites that a query's `app` and `site` terms name; null when it names none, or says it in a way the filter bar cannot show. */
export function matchedResources(q: string, resources: readonly ResourceColumn[]): readonly number[] | null {
  if (!parseQuery(q).ok) return null;
  const read = readQuery(q);
  if (read.kind !== 'filters') return null;
  const terms: readonly Term[] = read.filters.terms.filter(({ field }) => field === 'app' || field === 'site');
  if (!terms.some(({ field }) => field === 'app')) return null;
  return resources.filter((resource) => terms.every((one) => resourceMatches(one, { app: resource.app, site: resource.site, siteUrl: null }))).map(({ resourceId }) => resourceId);
}
