import type { KeyName, Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { expect, test } from 'vitest';
import { capabilityWords } from '../../src/atlassian-org/capability-words.ts';
import { atlassianOrg, atlassianOrgSettings } from '../../src/atlassian-org/index.ts';
import { closedAddress } from '../kit/loopback.ts';
import { contextFor, sandboxFor } from './support.ts';

async function report(key: KeyName, options: SandboxOptions = {}, organisation?: (sandbox: Sandbox) => string) {
  const sandbox = await sandboxFor(options);
  const { context } = contextFor(sandbox, key, 'interactive', organisation?.(sandbox) ?? sandbox.orgId);
  const found = await atlassianOrg.test(context);
  expect(sandbox.journal.requests()).toHaveLength(0);
  return { ...found, codes: Object.fromEntries(found.capabilities.map((one) => [one.name, one.code])), sandbox };
}

test('a full key', async () => {
  const { usable, codes, organisations, sandbox } = await report('full');
  expect(usable).toBe(true);
  expect(codes).toStrictEqual({
    signIn: 'keyAccepted', organisation: 'organisationFound', directories: 'oneDirectory', users: 'usersRead', activity: 'activityInBulk',
    groups: 'groupsRead', apps: 'appsRead', managedAccounts: 'managedRead', change: 'changesLikely',
  });
  expect(organisations.map((one) => one.id)).toStrictEqual([sandbox.orgId]);
});

test.each(['expired', 'site'] as const)('a key that is %s: one refusal, the rest untested', async (key) => {
  const { usable, codes, capabilities } = await report(key);
  expect(usable).toBe(false);
  expect(codes['signIn']).toBe('keyRefused');
  expect(capabilities.filter((one) => one.state === 'untested')).toHaveLength(8);
});

test('a key with scopes is seen by its empty list of organisations', async () => {
  const { usable, codes, organisations } = await report('scoped', { expandProductAccess: false });
  expect(codes).toMatchObject({ signIn: 'keyAccepted', organisation: 'keyWithScopes', change: 'changesUnlikely', activity: 'activityRefused' });
  expect(usable).toBe(true);
  expect(organisations).toStrictEqual([]);
});

test.each([
  ['that is another\'s', (sandbox: Sandbox) => sandbox.otherOrgId],
  ['that nobody has', () => '00000000-0000-4000-8000-000000000000'],
])('an organisation %s: those of the key are offered', async (_name, organisation) => {
  const { usable, codes, organisations, sandbox } = await report('full', {}, organisation);
  expect(usable).toBe(false);
  expect(codes['organisation']).toBe('organisationNotFound');
  expect(organisations.map((one) => one.id)).toStrictEqual([sandbox.orgId]);
});

test('a key of several organisations lists them', async () => {
  expect((await report('several', { orgs: 3 })).organisations).toHaveLength(3);
});

test('no verified domain, several directories, no expands', async () => {
  const { usable, codes } = await report('full', { verifiedDomain: false, directories: 2, expandProductAccess: false, expandGroups: false });
  expect(codes).toMatchObject({ managedAccounts: 'noVerifiedDomain', directories: 'severalDirectories', users: 'usersWithoutGroups', activity: 'activityPerAccount' });
  expect(usable).toBe(true);
});

test('a vendor that cannot be reached is said to be so', async () => {
  const sandbox = await sandboxFor();
  const { context } = contextFor(sandbox, 'full', 'interactive');
  const { createPipeline, memoryBudgets } = await import('@rollcall/connectors/kit');
  const request = createPipeline({ baseUrl: await closedAddress(), secret: 'x', budgets: memoryBudgets(() => new Date()), lane: 'interactive', now: () => new Date(), sleep: () => Promise.resolve(), signal: new AbortController().signal, log: () => undefined });
  expect((await atlassianOrg.test({ ...context, request })).capabilities[0]).toMatchObject({ name: 'signIn', code: 'unreachable' });
});

test('every refusal says what to do', () => {
  for (const [code, [state, message, remedy]] of Object.entries(capabilityWords)) {
    expect(message).toMatch(/\.$/u);
    if (state === 'no' && code !== 'unsupported') expect({ code, remedy }).toStrictEqual({ code, remedy: expect.stringMatching(/\.$/u) });
  }
});

test.each([
  ['https://api.atlassian.com/admin/', 'https://api.atlassian.com'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['https://proxy.example/atlassian', 'https://proxy.example/atlassian'],
  [undefined, 'https://api.atlassian.com'],
  ['http://api.atlassian.com', null],
  ['https://key:secret@api.atlassian.com', null],
  ['ftp://x', null],
])('base URL %s', (baseUrl, expected) => {
  const parsed = atlassianOrgSettings.safeParse({ organisationId: 'abc', ...(baseUrl === undefined ? {} : { baseUrl }) });
  expect(parsed.success ? parsed.data.baseUrl : null).toBe(expected);
});
