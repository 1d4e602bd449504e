import type { FilledInventory } from '../data/inventory.ts';

/** One screen that is measured: the address below /api/v1, made for each round so that no two rounds ask the same. */
export interface ScreenCase {
  readonly name: string;
  /** What is promised on the machine of reference, in milliseconds (design.md section 11). */
  readonly promiseMs: number;
  readonly address: (round: number) => string;
}

const page = 30;
const search = 100;
const count = 100;

const given = ['Ada', 'Ben', 'Chloé', 'Dmitri', 'Emeka', 'Fatima', 'Grace', 'Hiro'];
const japanese = ['花子', '太郎', '山田', '鈴木', '佐藤', '高橋', '陽翔'];
const sites = ['acme', 'acme-support', 'acme-labs'];
const statuses = ['suspended', 'deactivated', 'invited'];
const domains = ['contractor1.example', 'contractor40.example', 'contractor200.example', 'acme.example'];

function pick<T>(list: readonly T[], round: number): T {
  const one = list[round % list.length];
  if (one === undefined) throw new Error('An empty list has nothing to pick.');
  return one;
}

function address(path: string, query: Readonly<Record<string, string | number>>): string {
  return `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

/** The named mix: every sort, filters of every selectivity, the rare and the empty ones, jumps, search, counts and totals. */
export function screenCases(inventory: FilledInventory): readonly ScreenCase[] {
  const resource = (name: string): number => inventory.resourceIds.get(name) ?? 0;
  const pages = (name: string, query: (round: number) => Readonly<Record<string, string | number>>, promiseMs = page): ScreenCase => ({ name, promiseMs, address: (round) => address('/inventory', query(round)) });
  const counts = (name: string, q: (round: number) => string): ScreenCase => ({ name: `count: ${name}`, promiseMs: count, address: (round) => address('/inventory/count', { q: q(round) }) });
  return [
    pages('everybody by name', () => ({})),
    pages('everybody by name, at some depth', (round) => ({ near: ((round * 37) % 100) / 100 })),
    pages('everybody by e-mail, backwards', () => ({ sort: '-email' })),
    pages('everybody by day added', (round) => ({ sort: pick(['added', '-added'], round) })),
    pages('by last activity in one app', (round) => ({ sort: pick(['lastActive', '-lastActive'], round), sortResourceId: resource(`jira/${pick(sites, round)}`) })),
    pages('by last activity in any app, latest first', () => ({ sort: '-lastActive' })),
    pages('by last activity in any app, earliest first', () => ({ sort: 'lastActive' })),
    pages('does not use Jira on a site', (round) => ({ q: `app = jira AND site = ${pick(sites, round)} AND usage IN (inactive, never) AND status = active`, period: pick(['last-3-months', 'last-1-year', '90d'], round) })),
    pages('does not use Jira, by last activity there', (round) => ({ q: `app = jira AND site = ${pick(sites, round)} AND usage = inactive`, sort: 'lastActive', sortResourceId: resource(`jira/${pick(sites, round)}`) })),
    pages('inactive, latest activity first (matches at the far end)', (round) => ({ q: `app = jira AND site = ${pick(sites, round)} AND usage = inactive`, sort: '-lastActive', sortResourceId: resource(`jira/${pick(sites, round)}`), period: 'last-1-year' })),
    pages('never accessed anything here, by name', (round) => ({ q: `app = confluence AND site = ${pick(sites, round)} AND usage = never` })),
    pages('holders of an app that few have', () => ({ q: 'app = compass' })),
    pages('unknown activity', () => ({ q: 'usage = unknown AND status = active' })),
    pages('by status', (round) => ({ q: `status = ${pick(statuses, round)}`, sort: pick(['name', 'email', '-added'], round) })),
    pages('by domain', (round) => ({ q: `domain = ${pick(domains, round)}` })),
    pages('a domain that is not there', (round) => ({ q: `domain = nowhere${round}.example` })),
    pages('members of a small group', (round) => ({ q: `group = team-${1 + round}` })),
    pages('members of a group and inactive, by last activity', (round) => ({ q: `group = team-${1 + round} AND usage = inactive`, sort: 'lastActive' })),
    pages('administrators', () => ({ q: 'role IS NOT EMPTY' })),
    pages('dormant administrators', () => ({ q: 'role IS NOT EMPTY AND status = active AND no access(usage IN (active, lowUsage))' })),
    pages('service-looking accounts', () => ({ q: 'service = true' })),
    pages('app accounts', () => ({ q: 'type = app', sort: '-name' })),
    pages('unmanaged, by day added', () => ({ q: 'managed = false', sort: '-added' })),
    pages('no access at all', () => ({ q: 'no access()' })),
    pages('one account by id', (round) => ({ q: `id = "712020:${round}"` })),
    pages('search: a name', (round) => ({ q: `name ~ "${pick(given, round)} ${pick(['Lane', 'Berg', 'Costa'], round)} 4${round}"` }), search),
    pages('search: a frequent given name', (round) => ({ q: `name ~ "${pick(given, round)}"` }), search),
    pages('search: two Japanese characters', (round) => ({ q: `name ~ "${pick(japanese, round)}"` }), search),
    pages('search: Japanese family and given name', (round) => ({ q: `name ~ "${pick(['花子', '太郎', '葵'], round)} ${pick(['山田', '鈴木', '佐藤'], round)} ${round}"` }), search),
    pages('search: nothing found', (round) => ({ q: `name ~ "qqzzx${round}"` }), search),
    pages('search: part of an e-mail', (round) => ({ q: `email ~ "user${4000 + round}"` }), search),
    counts('everybody', () => ''),
    counts('does not use Jira on a site', (round) => `app = jira AND site = ${pick(sites, round)} AND usage IN (inactive, never) AND status = active`),
    counts('inactive in any Jira', () => 'app = jira AND usage = inactive AND status = active'),
    counts('inactive everywhere', () => 'status = active AND no access(usage IN (active, lowUsage, unknown))'),
    counts('by domain', (round) => `domain = ${pick(domains, round)}`),
    counts('rare: administrators', () => 'role IS NOT EMPTY'),
    counts('rare: service-looking and inactive in an app', () => 'service = true AND app = jira AND site = acme AND usage = inactive'),
    counts('rare: an app that few have, inactive', () => 'app = compass AND usage = inactive AND managed = false'),
    counts('two Japanese characters', (round) => `name ~ "${pick(japanese, round)}"`),
    counts('added in one month', () => 'added >= 2024-03-01 AND added < 2024-04-01'),
    counts('nobody: contradiction', () => 'status = active AND status = suspended'),
    { name: 'totals of everybody', promiseMs: count, address: () => address('/inventory/totals', {}) },
    { name: 'Home', promiseMs: count, address: () => '/home' },
  ];
}
