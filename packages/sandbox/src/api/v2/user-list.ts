import type { Answer } from '../../http/answer.ts';
import { isRecord, ok } from '../../http/answer.ts';
import type { Arguments } from '../../http/arguments.ts';
import { BadArgument, bodyArguments, limitOf, queryArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { pageOf, startOf } from '../../http/page.ts';
import { profileOf } from '../../world/world.ts';
import { renderUser } from './render-user.ts';
import { userFilter } from './user-filter.ts';
import type { UserFilter } from './user-filter.ts';

const list = 'users';
const expands: ReadonlySet<string> = new Set(['platformRoles', 'counts.resources', 'productAccess', 'groups']);
const unknownDirectory = applicationError('ADMIN-UAM-404-1', 'Directory not found');

/** Accounts in list order, or by nickname when sorting was asked for. */
function orderOf(call: OrgCall, filter: UserFilter, sort: 'asc' | 'desc' | undefined): readonly number[] | undefined {
  if (sort === undefined) return filter.candidates;
  const { world } = call.org;
  const all = filter.candidates ?? Array.from({ length: world.count }, (_, index) => index);
  const keyed = all.map((index) => ({ index, name: profileOf(world, index).nickname })).toSorted((a, b) => a.name.localeCompare(b.name) || a.index - b.index);
  return (sort === 'asc' ? keyed : keyed.toReversed()).map(({ index }) => index);
}

function sortOf(body: Readonly<Record<string, unknown>>): 'asc' | 'desc' | undefined {
  const given = body['sortBy'];
  if (given === undefined || given === null) return undefined;
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  if (!isRecord(first) || first['field'] !== 'nick_name') throw new BadArgument('ADMIN-UAM-400-1', 'sortBy must be [{"field":"nick_name","direction":"asc"|"desc"}]');
  return first['direction'] === 'desc' ? 'desc' : 'asc';
}

type Wanted = { readonly given: Arguments; readonly limit: number; readonly sort: 'asc' | 'desc' | undefined; readonly expand: ReadonlySet<string> };

function listUsers(call: OrgCall, wanted: Wanted): Answer {
  const filter = userFilter(call, wanted.given);
  if (filter === undefined) return unknownDirectory;
  const cursor = wanted.given.string('cursor');
  const start = startOf(call, list, cursor);
  if (start === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  const order = orderOf(call, filter, wanted.sort);
  const end = order?.length ?? call.org.world.count;
  const found: number[] = [];
  let position = start;
  for (; position < end && found.length < wanted.limit; position += 1) {
    const index = order?.[position] ?? position;
    if (filter.accepts(index)) found.push(index);
  }
  const more = position < end;
  const page = pageOf(call, list, cursor, start, found, more ? position : null);
  return ok({ data: page.data.map((index) => renderUser(call, index, wanted.expand)), links: { self: cursor ?? '', prev: null, next: page.next } });
}

function searchUsers(call: OrgCall): Answer {
  const { settings } = call.state;
  const given = bodyArguments(call.body);
  const expand = given.strings('expand') ?? [];
  const stranger = expand.find((name) => !expands.has(name));
  if (stranger !== undefined) return applicationError('ADMIN-UAM-400-1', `Unknown expand ${stranger}`);
  return listUsers(call, { given, expand: new Set(expand), limit: limitOf(given.integer('limit'), 50, settings.searchLimitMax, settings.searchLimitPolicy), sort: sortOf(call.body) });
}

function getUsers(call: OrgCall): Answer {
  const given = queryArguments(call.query);
  const withoutEmails: Arguments = { ...given, strings: (name) => (name === 'emails' ? undefined : given.strings(name)) };
  const sort = given.string('sortBy');
  return listUsers(call, { given: withoutEmails, expand: new Set(), limit: limitOf(given.integer('limit'), 20, 100, 'reject'), sort: sort === undefined ? undefined : sort.startsWith('-') ? 'desc' : 'asc' });
}

function countUsers(call: OrgCall): Answer {
  const filter = userFilter(call, queryArguments(call.query));
  if (filter === undefined) return unknownDirectory;
  let count = 0;
  if (filter.candidates === undefined) for (let index = 0; index < call.org.world.count; index += 1) count += filter.accepts(index) ? 1 : 0;
  else count = filter.candidates.filter((index) => filter.accepts(index)).length;
  return ok({ count });
}

function userStats(call: OrgCall): Answer {
  const filter = userFilter(call, queryArguments(new URLSearchParams()));
  if (filter === undefined) return unknownDirectory;
  const { world, reader } = call.org;
  const statuses: Record<string, number> = { active: 0, suspended: 0, not_invited: 0, deactivated: 0, for_deletion: 0 };
  const roles: Record<string, number> = { 'atlassian/org-admin': 0, 'atlassian/site-admin': 0 };
  for (let index = 0; index < world.count; index += 1) {
    if (!filter.accepts(index)) continue;
    statuses[reader.status(index)] = (statuses[reader.status(index)] ?? 0) + 1;
    for (const role of reader.platformRoles(index)) roles[role] = (roles[role] ?? 0) + 1;
  }
  return ok({ data: { statusCounts: statuses, roleCounts: roles } });
}

const base = '/v2/orgs/{orgId}/directories/{directoryId}/users';

/** Lists, searches and counts of a directory's users. */
export const userListOperations: readonly Operation[] = [
  { family: 'org', name: 'users.search', method: 'POST', path: `${base}/search`, write: false, access: 'public', handle: searchUsers },
  { family: 'org', name: 'users.list', method: 'GET', path: base, write: false, access: 'public', handle: getUsers },
  { family: 'org', name: 'users.count', method: 'GET', path: `${base}/count`, write: false, access: 'public', handle: countUsers },
  { family: 'org', name: 'users.stats', method: 'GET', path: `${base}/stats`, write: false, access: 'public', handle: userStats },
];
