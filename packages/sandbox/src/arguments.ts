import { parseArgs } from 'node:util';
import type { AppKey, SandboxOptions } from './options.ts';

const names = { string: { type: 'string' }, boolean: { type: 'boolean' } } as const;

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} needs a whole number, not ${text}`);
  return Number(text);
}

function isApp(text: string): text is AppKey {
  return text === 'jira' || text === 'jira-servicemanagement' || text === 'confluence';
}

function appsOf(text: string | undefined): readonly AppKey[] | undefined {
  const list = text?.split(',');
  if (list === undefined) return undefined;
  return list.map((app) => {
    if (isApp(app)) return app;
    throw new RangeError(`--apps knows jira, jira-servicemanagement and confluence, not ${app}`);
  });
}

function present<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }; // Object.fromEntries forgets the keys; only undefined members were dropped
}

/** Sandbox options from a command line: `--users 5000 --seed 7 --port 0 --directories 2 --latency-ms 5 --no-product-access …`. Throws a RangeError or TypeError. */
export function parseArguments(args: readonly string[]): { readonly options: SandboxOptions; readonly rest: Readonly<Record<string, string | boolean | undefined>> } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      users: names.string, seed: names.string, port: names.string, host: names.string, directories: names.string, now: names.string, sites: names.string, apps: names.string, orgs: names.string,
      'latency-ms': names.string, 'consistency-delay-ms': names.string, 'journal-file': names.string, 'no-product-access': names.boolean, 'no-groups': names.boolean,
      'no-verified-domain': names.boolean, 'cache-pages': names.boolean, 'frozen-clock': names.boolean, shape: names.string, 'no-access-columns': names.boolean, 'no-group-list': names.boolean,
    },
  });
  const options = present({
    users: wholeNumber('users', values.users), seed: wholeNumber('seed', values.seed), port: wholeNumber('port', values.port), host: values.host,
    directories: wholeNumber('directories', values.directories), now: values.now, sites: values.sites?.split(','), apps: appsOf(values.apps), orgs: wholeNumber('orgs', values.orgs),
    latencyMs: wholeNumber('latency-ms', values['latency-ms']), consistencyDelayMs: wholeNumber('consistency-delay-ms', values['consistency-delay-ms']), journalFile: values['journal-file'],
    expandProductAccess: values['no-product-access'] === true ? false : undefined, expandGroups: values['no-groups'] === true ? false : undefined,
    verifiedDomain: values['no-verified-domain'] === true ? false : undefined, cachePages: values['cache-pages'], clock: values['frozen-clock'] === true ? ('frozen' as const) : undefined,
  });
  return { options, rest: { shape: values.shape, 'no-access-columns': values['no-access-columns'], 'no-group-list': values['no-group-list'] } };
}
