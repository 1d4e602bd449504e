/** The apps we know by name. The set is open: an app of another name keeps the vendor's own key and name. */
const known = [
  ['jira', 'Jira', ['jira-software', 'jira software', 'jira.ondemand', 'jira-software.ondemand']],
  ['jira-service-management', 'Jira Service Management', ['jira-servicedesk', 'jira-service-desk', 'jira service desk', 'jsm', 'jira-servicedesk.ondemand']],
  ['jira-product-discovery', 'Jira Product Discovery', ['jpd', 'jira-product-discovery.ondemand']],
  ['jira-work-management', 'Jira Work Management', ['jira-core', 'jira core', 'jira-core.ondemand']],
  ['jira-administration', 'Jira administration', ['jira-admin']],
  ['confluence', 'Confluence', ['confluence.ondemand', 'conf']],
  ['bitbucket', 'Bitbucket', ['bitbucket.ondemand']],
  ['compass', 'Compass', []],
  ['loom', 'Loom', []],
  ['trello', 'Trello', []],
  ['opsgenie', 'Opsgenie', ['jira-ops', 'jira ops']],
  ['statuspage', 'Statuspage', []],
  ['atlas', 'Atlas', ['townsquare']],
  ['goals', 'Goals', []],
  ['projects', 'Projects', []],
] as const satisfies readonly (readonly [key: string, title: string, aliases: readonly string[]])[];

const keyByName = new Map<string, string>();
const titleByKey = new Map<string, string>();
for (const [key, title, aliases] of known) {
  titleByKey.set(key, title);
  for (const name of [key, title.toLowerCase(), ...aliases]) keyByName.set(name, key);
}

/** Our key of an app from any of its vendors' keys, labels or short names (`jira-software`, `Jira Service Desk`, `jsm`); another name becomes a slug of itself. */
export function appKey(name: string): string {
  const lower = name.trim().toLowerCase();
  return keyByName.get(lower) ?? lower.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
}

/** The app's name as Atlassian writes it; the key itself for an app we do not know. */
export function appTitle(key: string): string {
  return titleByKey.get(key) ?? key;
}

/** The keys we know, in the order in which screens list apps. */
export const knownAppKeys: readonly string[] = known.map(([key]) => key);
