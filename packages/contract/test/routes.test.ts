import { permissions, permissionsOfRole, roles, routes } from '@rollcall/contract';
import type { Route } from '@rollcall/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const all: readonly (readonly [name: string, route: Route])[] = Object.entries(routes).flatMap(([group, members]) =>
  Object.entries(members).map(([name, route]): readonly [string, Route] => [`${group}.${name}`, route]),
);
const writes = all.filter(([, route]) => route.method !== 'GET');

/** What anybody may do before signing in, and what everybody may do once signed in. A new one is a decision. */
const openToAll = ['session.acceptInvitation', 'session.firstAdministrator'];
const forEverybody = ['session.createToken', 'session.revokeToken'];

describe('the routes of the API', () => {
  it('are many', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(writes.length).toBeGreaterThan(30);
  });

  it('have an address of their own each, also where a parameter stands', () => {
    const addresses = all.map(([, route]) => `${route.method} ${route.path.replaceAll(/:[A-Za-z]+/g, ':')}`);
    expect(addresses.toSorted()).toEqual([...new Set(addresses)].toSorted());
  });

  it('have paths made of plain words and parameters', () => {
    expect(all.filter(([, { path }]) => !/^(?:\/(?:[a-z][a-z-]*|:[a-z][A-Za-z]*))+$/.test(path))).toEqual([]);
  });

  it('declare the parameters of their path, and no others', () => {
    const declared = all.map(([name, route]) => [name, ...Object.keys(route.params?.shape ?? {}).toSorted()]);
    const inPaths = all.map(([name, route]) => [name, ...[...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, one = '']) => one).toSorted()]);
    expect(declared).toEqual(inPaths);
  });

  it('need a permission for every write, but for the few that are named here', () => {
    const without = writes.filter(([, { access }]) => !permissions.some((one) => one === access)).map(([name]) => name);
    expect(without.toSorted()).toEqual([...openToAll, ...forEverybody].toSorted());
  });

  it('are closed to strangers, but for the two that make an account', () => {
    expect(all.filter(([, { access }]) => access === 'open').map(([name]) => name).toSorted()).toEqual(openToAll);
  });

  it('let a viewer change nothing', () => {
    const mayWrite = writes.filter(([, { access }]) => permissionsOfRole.viewer.some((one) => one === access));
    // Checking a query is a POST for its length alone.
    expect(mayWrite.map(([name]) => name)).toEqual(['inventory.parse']);
  });

  it('have no body when they are a GET, and a status that fits the answer', () => {
    expect(all.filter(([, route]) => route.method === 'GET' && (route.body !== undefined || route.takes !== undefined))).toEqual([]);
    expect(all.filter(([, route]) => (route.status === 204) !== (route.answers === 'nothing'))).toEqual([]);
  });

  it('say in a few words what they do', () => {
    expect(all.filter(([, { summary }]) => summary.length < 4 || summary.endsWith('.'))).toEqual([]);
  });
});

describe('answers', () => {
  const secretWords = /^(?:apiKey|key|password|secret|token|link|hash|sealed|nonce)$/;
  /** Each of these is the only answer that ever holds it. */
  const shownOnce = ['session.createToken secret', 'session.invite link'];
  /** The digest of an audit event: made to be shown. And the public id of a workspace. */
  const noSecret = ['audit.list items.hash', 'session.me workspace.key'];

  it('hold no secret, but those that are shown once', () => {
    const found = all.flatMap(([name, route]) => (route.answers === 'json' || route.answers === 'events' ? members(route.response) : []).filter((path) => secretWords.test(path.split('.').at(-1) ?? '')).map((path) => `${name} ${path}`));
    expect(found.toSorted()).toEqual([...shownOnce, ...noSecret].toSorted());
  });

  it('would show a planted secret', () => {
    expect(members(z.object({ items: z.array(z.object({ apiKey: z.string() })).nullable() }))).toContain('items.apiKey');
  });
});

describe('roles', () => {
  it('grow: each may do what the one before it may', () => {
    const lost = roles.slice(1).flatMap((role, index) => permissionsOfRole[roles[index] ?? role].filter((one) => !permissionsOfRole[role].includes(one)));
    expect(lost).toEqual([]);
  });
});

/** The members of a schema by their paths, through arrays, options and unions. */
function members(schema: z.ZodType): readonly string[] {
  const json: unknown = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', reused: 'inline' });
  return pathsOf(json, '');
}

function pathsOf(json: unknown, at: string): readonly string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]): readonly string[] => {
    if (name === 'properties' && typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([member, inner]) => [`${at}${member}`, ...pathsOf(inner, `${at}${member}.`)]);
    }
    return Array.isArray(value) ? value.flatMap((one) => pathsOf(one, at)) : pathsOf(value, at);
  });
}
