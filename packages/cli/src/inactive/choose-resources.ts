import { appKey, appTitle } from '@rollcall/core';
import type { ExportLayout, TableSelection } from '@rollcall/connectors/csv';
import { UsageError } from './usage-error.ts';

/** The columns of a file that answer for one app, on one site or on all. Throws {@link UsageError} with the apps and sites the file has. */
export function chooseResources(layout: ExportLayout, app: string | undefined, site: string | undefined): TableSelection {
  const keys = new Set([...layout.resources, ...layout.siteLists].map((one) => one.app));
  if (keys.size === 0) throw new UsageError('This export has no columns about apps. Make it again with the app access and last active columns.');
  const key = app === undefined ? onlyOne(keys) : appKey(app);
  if (key === null) throw new UsageError(`Say which app, with --app. ${knownResources(layout)}`);
  if (!keys.has(key)) throw new UsageError(`This file has no app ${JSON.stringify(app)}. ${knownResources(layout)}`);
  const wanted = site === undefined ? null : siteName(site);
  const ofApp = layout.resources.filter((one) => one.app === key);
  const resources = ofApp.filter((one) => wanted === null || (one.site !== null && siteName(one.site) === wanted));
  const siteLists = layout.siteLists.filter((one) => one.app === key);
  if (resources.length === 0 && siteLists.length === 0) {
    throw new UsageError(`This file has no ${appTitle(key)} on a site ${JSON.stringify(site)}. ${knownResources(layout)}`);
  }
  return { resources, siteLists, keepSite: (name) => wanted === null || siteName(name) === wanted };
}

/** The apps and sites of a file, one per line. In a managed accounts export the sites stand in the rows, so only the apps are known. */
export function knownResources(layout: ExportLayout): string {
  const lines = [
    ...layout.resources.map(({ app, site }) => `  --app ${app}${site === null ? '' : ` --site ${quotedIfNeeded(site)}`}`),
    ...layout.siteLists.map(({ app }) => `  --app ${app}`),
  ];
  return `It has:\n${lines.join('\n')}`;
}

function onlyOne(keys: ReadonlySet<string>): string | null {
  return keys.size === 1 ? ([...keys][0] ?? null) : null;
}

function quotedIfNeeded(site: string): string {
  return /^[\w.-]+$/.test(site) ? site : JSON.stringify(site);
}

/** `acme`, `acme.atlassian.net` and `https://acme.atlassian.net/` are one site. */
function siteName(site: string): string {
  return site
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .replace(/\.atlassian\.net$/, '');
}
