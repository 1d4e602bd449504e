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
  const users = wholeNumber('users', values.users);
  const seed = wholeNumber('seed', values.seed);
  const port = wholeNumber('port', values.port);
  const directories = wholeNumber('directories', values.directories);
  const orgs = wholeNumber('orgs', values.orgs);
  const latencyMs = wholeNumber('latency-ms', values['latency-ms']);
  const consistencyDelayMs = wholeNumber('consistency-delay-ms', values['consistency-delay-ms']);
  const apps = appsOf(values.apps);
  const options: SandboxOptions = {
    ...(users === undefined ? {} : { users }), ...(seed === undefined ? {} : { seed }), ...(port === undefined ? {} : { port }),
    ...(directories === undefined ? {} : { directories }), ...(orgs === undefined ? {} : { orgs }), ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(consistencyDelayMs === undefined ? {} : { consistencyDelayMs }), ...(apps === undefined ? {} : { apps }),
    ...(values.host === undefined ? {} : { host: values.host }), ...(values.now === undefined ? {} : { now: values.now }),
    ...(values.sites === undefined ? {} : { sites: values.sites.split(',') }), ...(values['journal-file'] === undefined ? {} : { journalFile: values['journal-file'] }),
    expandProductAccess: values['no-product-access'] !== true, expandGroups: values['no-groups'] !== true, verifiedDomain: values['no-verified-domain'] !== true,
    cachePages: values['cache-pages'] === true, clock: values['frozen-clock'] === true ? 'frozen' : 'running',
  };
  return { options, rest: { shape: values.shape, 'no-access-columns': values['no-access-columns'], 'no-group-list': values['no-group-list'] } };
}
