import type { Answer } from '../../http/answer.ts';
import { ok } from '../../http/answer.ts';
import type { Call, Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { pageOf, slicePage, startOf } from '../../http/page.ts';
import { accountTypeOf } from '../../world/reader.ts';
import type { World } from '../../world/world.ts';
import { accountId, profileOf } from '../../world/world.ts';
import { uuid } from '../../world/random.ts';

const v1PageSize = 100;

function badCursor(): Answer {
  return applicationError('ADMIN-400-1', 'The cursor is not valid');
}

/** v1 links are full URLs; a last page has no `next`. */
function links(call: Call, path: string, next: string | null): Readonly<Record<string, string>> {
  const self = `${call.origin}/admin${path}`;
  return { self, ...(next === null ? {} : { next: `${self}?cursor=${encodeURIComponent(next)}` }) };
}

function renderOrg(call: Call, world: World): unknown {
  const { id, name } = world.organisation;
  const self = `${call.origin}/admin/v1/orgs/${id}`;
  return { id, type: 'orgs', attributes: { name }, relationships: { domains: { links: { related: `${self}/domains` } }, users: { links: { related: `${self}/users` } } }, links: { self } };
}

/** A scoped key sees no organisation here, though it may read each one (measured). */
function listOrgs(call: Call): Answer {
  const worlds = call.key.kind === 'scoped' ? [] : [...call.state.orgs.values()].map((org) => org.world).filter((world) => call.key.orgIds.includes(world.organisation.id));
  const page = slicePage(call, 'orgs', call.query.get('cursor'), worlds, v1PageSize);
  if (page === undefined) return badCursor();
  return ok({ data: page.data.map((world) => renderOrg(call, world)), links: links(call, '/v1/orgs', page.next) });
}

function isoOf(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

function renderManaged(call: OrgCall, index: number): unknown {
  const { world, reader } = call.org;
  const profile = profileOf(world, index);
  const id = accountId(world, index);
  const accesses = world.organisation.resources.filter((resource) => reader.hasAccess(resource.ari, index)).map((resource) => {
    const at = reader.lastActive(resource.index, index);
    return { at, json: { key: resource.app.lastActiveKey, name: resource.app.label, url: resource.site.url, ...(at === 0 ? {} : { last_active: isoOf(at) }) } };
  });
  const latest = Math.max(0, ...accesses.map(({ at }) => at));
  return {
    account_id: id, account_type: accountTypeOf(world, index), account_status: reader.accountStatus(index), name: profile.name, picture: `https://avatar.example/${id}`,
    ...(profile.email === undefined ? {} : { email: profile.email }),
    access_billable: reader.accountStatus(index) === 'active' && accesses.length > 0,
    ...(latest === 0 ? {} : { last_active: isoOf(latest) }),
    product_access: accesses.map(({ json }) => json),
    links: { self: `${call.origin}/users/${id}/manage` },
  };
}

/** Accounts of claimed domains only; without a verified domain `{"data":[]}` (measured). */
function listManaged(call: OrgCall): Answer {
  const { world } = call.org;
  if (world.organisation.verifiedDomains.length === 0) return ok({ data: [] });
  const cursor = call.query.get('cursor');
  const start = startOf(call, 'managed', cursor);
  if (start === undefined) return badCursor();
  const isManaged = (index: number): boolean => world.managed[index] === 1 && !world.vanished.has(index);
  const found: number[] = [];
  let position = start;
  for (; position < world.count && found.length < v1PageSize; position += 1) if (isManaged(position)) found.push(position);
  const page = pageOf(call, 'managed', cursor, start, found, position < world.count ? position : null);
  const total = world.managed.reduce((sum, managed) => sum + managed, 0);
  return ok({ data: page.data.map((index) => renderManaged(call, index)), meta: { total }, links: links(call, `/v1/orgs/${world.organisation.id}/users`, page.next) });
}

function renderDomain(call: OrgCall, name: string, position: number): unknown {
  const { seed, id: orgId } = call.org.world.organisation;
  const id = uuid(seed, position, 120);
  return { id, type: 'domains', attributes: { name, claim: { type: 'dns', status: 'verified' } }, links: { self: `${call.origin}/admin/v1/orgs/${orgId}/domains/${id}` } };
}

function listDomains(call: OrgCall): Answer {
  const { organisation } = call.org.world;
  const all = organisation.verifiedDomains.map((name, position) => renderDomain(call, name, position));
  const page = slicePage(call, 'domains', call.query.get('cursor'), all, v1PageSize);
  return page === undefined ? badCursor() : ok({ data: page.data, links: links(call, `/v1/orgs/${organisation.id}/domains`, page.next) });
}

function getDomain(call: OrgCall): Answer {
  const { verifiedDomains, seed } = call.org.world.organisation;
  const position = verifiedDomains.findIndex((_, candidate) => uuid(seed, candidate, 120) === call.params['domainId']);
  const name = verifiedDomains[position];
  return name === undefined ? applicationError('ADMIN-404-3', 'Domain not found') : ok({ data: renderDomain(call, name, position) });
}

/** Events need Atlassian Guard; the sandbox keeps none, so with Guard the list is empty. */
function listEvents(call: OrgCall): Answer {
  if (!call.state.settings.guard) return applicationError('ADMIN-403-3', 'Atlassian Guard is required to read the audit log');
  return ok({ data: [], meta: { page_size: 0 }, links: links(call, `/v1/orgs/${call.org.world.organisation.id}/events`, null) });
}

/** Organisations, managed accounts, domains, events. */
export const v1OrganisationOperations: readonly Operation[] = [
  { family: 'orgs', name: 'orgs.list', method: 'GET', path: '/v1/orgs', write: false, access: 'public', handle: listOrgs },
  { family: 'org', name: 'orgs.get', method: 'GET', path: '/v1/orgs/{orgId}', write: false, access: 'public', handle: (call) => ok({ data: renderOrg(call, call.org.world) }) },
  { family: 'org', name: 'managedUsers.list', method: 'GET', path: '/v1/orgs/{orgId}/users', write: false, access: 'public', handle: listManaged },
  { family: 'org', name: 'domains.list', method: 'GET', path: '/v1/orgs/{orgId}/domains', write: false, access: 'public', handle: listDomains },
  { family: 'org', name: 'domains.get', method: 'GET', path: '/v1/orgs/{orgId}/domains/{domainId}', write: false, access: 'public', handle: getDomain },
  { family: 'org', name: 'events.list', method: 'GET', path: '/v1/orgs/{orgId}/events', write: false, access: 'public', rateGroup: 'events', handle: listEvents },
];
