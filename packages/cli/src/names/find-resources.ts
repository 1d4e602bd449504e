import { appKey } from '@rollcall/core';
import { usageError } from '../cli-error.ts';
import type { Source } from './find-source.ts';

type Resource = Source['apps'][number];

/** The apps on their sites a person named (`jira`, `Jira Service Management`, `jsm`; `acme`). Throws with what the source has. */
export function findResources(source: Source, app: string, site: string | undefined): readonly Resource[] {
  const key = appKey(app);
  const found = source.apps.filter((one) => one.app === key && (site === undefined || sameSite(one.site, site)));
  if (found.length > 0) return found;
  const known = source.apps.map((one) => `  --app ${one.app} --site ${one.site}`);
  throw usageError(
    source.apps.length === 0
      ? `${source.name} has no apps yet: it was never read. Run: rollcall sync ${JSON.stringify(source.name)}`
      : `${source.name} has no ${app}${site === undefined ? '' : ` on ${site}`}. It has:\n${known.join('\n')}`,
  );
}

/** `acme`, `acme.atlassian.net` and `https://acme.atlassian.net/` are one site. */
function sameSite(a: string, b: string): boolean {
  return siteName(a) === siteName(b);
}

function siteName(site: string): string {
  return site.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/\/.*$/, '').replace(/\.atlassian\.net$/, '');
}
