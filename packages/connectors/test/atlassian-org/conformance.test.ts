import { conformanceProblems } from '@rollcall/connectors/kit';
import type { Call, Connector } from '@rollcall/connectors/kit';
import { describe, expect, test } from 'vitest';
import type { AtlassianOrgSettings } from '../../src/atlassian-org/index.ts';
import { actionProblems } from '../../src/kit/actions/index.ts';
import { actions, connectorOf, connectors } from '../../src/registry.ts';
import { asVendorId } from '../../src/atlassian-org/vendor-id.ts';
import { contextFor, sandboxFor } from './support.ts';
import type { Sandbox, SandboxOptions } from '@rollcall/sandbox';

function callsOn(sandbox: Sandbox, accountId: string): Call[] {
  const account = sandbox.truth.account(accountId);
  const directory = asVendorId(account?.directories[0]?.directoryId ?? '');
  const resource = sandbox.organisation.resources[0];
  const group = { directoryId: directory, groupId: asVendorId(account?.groups[0]?.id ?? 'none'), groupName: 'g' };
  const role = { resourceId: asVendorId(resource?.ari ?? ''), role: 'atlassian/user', app: 'jira', site: 'acme' };
  const place = { directoryId: directory, directoryName: 'd' };
  return [
    { verb: 'removeFromGroup', ...group },
    { verb: 'addToGroup', ...group },
    { verb: 'revokeRole', ...role },
    { verb: 'assignRole', ...role },
    { verb: 'suspendAccess', ...place },
    { verb: 'restoreAccess', ...place },
    { verb: 'removeFromDirectory', ...place },
  ];
}

/** An ordinary person with at least one group. */
function person(sandbox: Sandbox): string {
  for (const account of sandbox.truth.accounts()) {
    if (account.kind === 'person' && account.status === 'active' && account.platformRoles.length === 0 && account.groups.length > 0) return account.accountId;
  }
  throw new Error('the world has no ordinary person');
}

const worlds: readonly (readonly [string, SandboxOptions])[] = [
  ['as documented', {}],
  ['without the newer expands', { expandProductAccess: false, expandGroups: false }],
  ['with a directory for each site', { directories: 2 }],
  ['without a verified domain, in pages of at most 50', { verifiedDomain: false, searchLimitMax: 50, searchLimitPolicy: 'reject' }],
  ['never used apps without a time', { neverActive: 'withoutTimestamp' }],
];

async function problemsOf(connector: Connector<AtlassianOrgSettings>, options: SandboxOptions = {}): Promise<string[]> {
  const sandbox = await sandboxFor(options);
  const accountId = person(sandbox);
  return conformanceProblems({ connector, context: contextFor(sandbox).context, accountId, unknownAccountId: '712020:00000000-0000-4000-8000-000000000000', calls: callsOn(sandbox, accountId) });
}

describe.each(connectors)('$kind', (connector) => {
  test.each(worlds)('keeps what every connector must keep, %s', async (_name, options) => {
    expect(await problemsOf(connector, options)).toStrictEqual([]);
  });
});

describe('planted violations are caught', () => {
  const good = connectors[0];
  test.each([
    ['a token that repeats', { read: async (context, step, scope, token) => ({ ...(await good.read(context, step, scope, null)), next: token ?? 'again' }) }, /same token twice/u],
    ['a list that never ends', { read: (_context, _step, _scope, token) => Promise.resolve({ records: [], total: null, next: String(Number(token ?? 0) + 1) }) }, /no end after/u],
    ['a test that writes', { test: async (context) => { await context.request({ operation: 'x', budget: 'x', method: 'POST', path: '/x', write: true }); return good.test(context); } }, /sent the write/u],
    ['a change without a mark', { look: (context, account) => ({ ...good.look(context, account), stands: async () => { await context.request({ operation: 'x', budget: 'x', method: 'DELETE', path: '/admin/v1/orgs/x', write: false }).catch(() => null); return 'done'; } }) }, /not marked as a write/u],
    ['a swallowed refusal', { apply: async (context, account, call) => good.apply(context, account, call).catch(() => ({ result: 'applied', status: 200, message: null })) }, /does not come out/u],
    ['a gone account with a status', { observe: async (context, account) => ({ ...(await good.observe(context, account)), status: 'active' }) }, /not there has a status/u],
  ] satisfies readonly (readonly [string, Partial<Connector<AtlassianOrgSettings>>, RegExp])[])('%s', async (_name, planted, message) => {
    expect((await problemsOf({ ...good, ...planted })).join('\n')).toMatch(message);
  });
});

describe('actions', () => {
  test('are declared soundly', () => {
    expect(actionProblems(actions)).toStrictEqual([]);
  });

  test('planted violations are caught', () => {
    const [first] = actions;
    expect(actionProblems([{ ...first, verb: 'Remove', undo: 'nothing', calls: [], sources: [] }])).toHaveLength(4);
    expect(actionProblems([{ ...first, risk: 'irreversible', warning: null }])).toHaveLength(2);
  });

  test('a kind without a connector is not found', () => {
    expect(connectorOf('csv')).toBeUndefined();
    expect(connectorOf('atlassian-org')).toBe(connectors[0]);
  });
});
