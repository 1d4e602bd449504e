import type { Answer } from '../../http/answer.ts';
import { isRecord, ok } from '../../http/answer.ts';
import { bodyArguments, limitOf, queryArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { slicePage } from '../../http/page.ts';
import type { Resource } from '../../world/organisation.ts';
import { directRole, groupById, indexOf, indexOfEmail } from '../../world/world.ts';
import { exceedsSeats, seatsUsed } from './seats.ts';

function listDirectories(call: OrgCall): Answer {
  const given = queryArguments(call.query);
  const cursor = given.string('cursor');
  const ids = given.strings('directoryIds');
  const term = given.string('searchTerm')?.toLowerCase();
  const account = given.string('accountId');
  const index = account === undefined ? undefined : indexOf(call.org.world, account);
  const found = call.org.world.organisation.directories.filter((directory) => (ids?.includes(directory.id) ?? true)
    && (term === undefined || directory.name.toLowerCase().includes(term))
    && (account === undefined || (index !== undefined && call.org.reader.membership(directory.index, index) !== 'no_membership')));
  const page = slicePage(call, 'directories', cursor, found, limitOf(given.integer('limit'), 20, 100, 'reject'));
  if (page === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  return ok({ data: page.data.map(({ id, name }) => ({ directoryId: id, name, icon: 'https://avatar.example/directory' })), links: { self: cursor ?? '', prev: null, next: page.next } });
}

function attributesOf(call: OrgCall, resource: Resource): Readonly<Record<string, unknown>> {
  const { app, site, ari } = resource;
  return {
    name: site.name, typeKey: app.owner, type: app.owner, owner: null, status: 'online', statusDetails: [], icons: {}, avatars: {}, labels: [],
    sandbox: { type: 'NONE' }, usage: seatsUsed(call.org, ari), capacity: resource.seats ?? null,
    createdAt: '2019-04-01T00:00:00.000Z', createdBy: null, updatedAt: '2026-01-15T00:00:00.000Z', hostUrl: site.url, realm: 'main', regions: ['eu'],
  };
}

/** Whether a workspace satisfies the query: `and`, `field`, free text; anything else lets all through, as an absent operand does. */
function satisfies(query: unknown, resource: Resource, attributes: Readonly<Record<string, unknown>>): boolean {
  if (!isRecord(query)) return true;
  const { and, field } = query;
  if (Array.isArray(and)) return and.every((part) => satisfies(part, resource, attributes));
  const text = query['searchWorkspaces'] ?? query['value'];
  if (typeof text === 'string') return `${resource.site.name} ${resource.site.url}`.toLowerCase().includes(text.toLowerCase());
  if (!isRecord(field) || !Array.isArray(field['values']) || field['values'].length === 0) return true;
  const name = String(field['name']).replace(/^attributes\./, '');
  return field['values'].includes(name === 'id' ? resource.ari : attributes[name]);
}

function queryWorkspaces(call: OrgCall): Answer {
  const given = bodyArguments(call.body);
  const cursor = given.string('cursor');
  if (cursor !== undefined && Object.keys(call.body).length > 1) return applicationError('ADMIN-400-24', 'No other property may be present beside cursor');
  const limit = limitOf(given.integer('limit'), 20, 1000, 'reject');
  const all = call.org.world.organisation.resources.map((resource) => ({ resource, attributes: attributesOf(call, resource) })).filter(({ resource, attributes }) => satisfies(call.body['query'], resource, attributes));
  const page = slicePage(call, 'workspaces', cursor, all, limit);
  if (page === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  const data = page.data.map(({ resource, attributes }) => ({ id: resource.ari, type: 'workspaces', attributes, links: { self: `${call.origin}/admin/v2/orgs/${call.org.world.organisation.id}/workspaces/${resource.ari}` }, relationships: {} }));
  return ok({ data, links: { self: cursor ?? '', ...(page.next === null ? {} : { next: page.next }) }, meta: { pageSize: limit, startIndex: 0, endIndex: Math.max(0, data.length - 1), total: all.length } });
}

type Rule = { readonly resource: string; readonly role: string };

function rulesOf(value: unknown): readonly Rule[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((rule: unknown): readonly Rule[] => (isRecord(rule) && typeof rule['resource'] === 'string' && typeof rule['role'] === 'string' ? [{ resource: rule['resource'], role: rule['role'] }] : []));
}

function inviteOne(call: OrgCall, email: string, rules: readonly Rule[], groups: readonly string[]): boolean {
  const { world, changes } = call.org;
  const index = indexOfEmail(world, email) ?? changes.invite(call.cause, email);
  if (index === undefined || exceedsSeats(call.org, index, rules)) return false;
  if (world.membership.every((list) => list[index] === 0)) changes.setMembership(call.cause, 0, index, 'active');
  for (const rule of rules) {
    directRole(world, rule.resource, rule.role);
    changes.setDirectRole(call.cause, rule.resource, rule.role, index, true);
  }
  for (const id of groups) {
    const group = groupById(world, id);
    if (group !== undefined && !group.external) changes.setMember(call.cause, group, index, true);
  }
  return true;
}

function inviteUsers(call: OrgCall): Answer {
  const given = bodyArguments(call.body);
  const emails = given.strings('emails') ?? [];
  const rules = rulesOf(call.body['permissionRules']);
  if (emails.length === 0 || emails.some((email) => !email.includes('@'))) return applicationError('ADMIN-400-24', 'emails must be a list of addresses');
  const known = new Set(call.org.world.organisation.resources.map((resource) => resource.ari));
  if (rules.some((rule) => !known.has(rule.resource))) return applicationError('ADMIN-UAM-404-1', 'Resource not found');
  const results = emails.map((email) => ({ email, invited: inviteOne(call, email, rules, given.strings('additionalGroups') ?? []) }));
  const invited = results.filter((result) => result.invited).length;
  if (invited === 0) return applicationError('ADMIN-UAM-409-3', 'The product has reached its user limit');
  return { status: invited === results.length ? 200 : 206, json: { data: results } };
}

/** Directories, workspaces and invitations. */
export const organisationOperations: readonly Operation[] = [
  { family: 'org', name: 'directories.list', method: 'GET', path: '/v2/orgs/{orgId}/directories', write: false, access: 'public', handle: listDirectories },
  { family: 'org', name: 'workspaces.search', method: 'POST', path: '/v2/orgs/{orgId}/workspaces', write: false, access: 'public', handle: queryWorkspaces },
  { family: 'org', name: 'users.invite', method: 'POST', path: '/v2/orgs/{orgId}/users/invite', write: true, access: 'owner', handle: inviteUsers },
];
