import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { Sandbox, TrueAccount } from '../src/index.ts';
import { at, call, paths } from './client.ts';

let sandbox: Sandbox;
beforeEach(async () => { sandbox = await startSandbox({ users: 400, seed: 2, now: '2026-11-22T09:00:00Z', clock: 'frozen' }); });
afterEach(() => sandbox.close());

const plain = (account: TrueAccount): boolean => account.kind === 'person' && account.status === 'active' && account.platformRoles.length === 0;

function find(test: (account: TrueAccount) => boolean): TrueAccount {
  for (const account of sandbox.truth.accounts()) if (plain(account) && test(account)) return account;
  throw new Error('the world has no such account');
}

function groupNamed(name: string): string {
  return sandbox.world.groups.find((group) => group.name === name)?.id ?? '';
}

describe('memberships', () => {
  it('removing is one effect; removing again is 404 and none; adding again is 204 without effect', async () => {
    const groupId = groupNamed('jira-users-acme');
    const { accountId } = find((account) => account.groups.some((group) => group.id === groupId));
    const members = `${paths(sandbox).directory}/groups/${groupId}/memberships`;
    expect((await call(sandbox, 'DELETE', `${members}/${accountId}`)).status).toBe(204);
    const again = await call(sandbox, 'DELETE', `${members}/${accountId}`);
    expect([again.status, at(again.json, 'errors', 0, 'code')]).toEqual([404, 'ADMIN-UAM-404-1']);
    expect((await call(sandbox, 'POST', members, { body: { accountId } })).status).toBe(204);
    expect((await call(sandbox, 'POST', members, { body: { accountId } })).status).toBe(204);
    expect(sandbox.journal.effects({ accountId }).map((entry) => [entry.effect, entry.before, entry.after])).toEqual([
      ['membershipRemoved', { member: true }, { member: false }], ['membershipAdded', { member: false }, { member: true }],
    ]);
    expect(sandbox.journal.entries({ type: 'noEffect', accountId })).toHaveLength(1);
    expect(sandbox.journal.requests({ accountId })).toHaveLength(4);
    expect(sandbox.journal.entries({ type: 'refused', accountId }).map((entry) => entry.status)).toEqual([404]);
  });

  it('a group of the identity provider refuses', async () => {
    const external = sandbox.world.groups.find((group) => group.external && group.members.size > 0);
    const { accountId } = find((account) => account.groups.some((group) => group.id === external?.id));
    const reply = await call(sandbox, 'DELETE', `${paths(sandbox).directory}/groups/${external?.id ?? ''}/memberships/${accountId}`);
    expect([reply.status, at(reply.json, 'errors', 0, 'code')]).toEqual([403, 'ADMIN-UAM-403-1']);
    expect(sandbox.journal.effects()).toHaveLength(0);
  });

  it('a full licence refuses with 409-3, a repeated member with 409-2 when so set', async () => {
    const strict = await startSandbox({ users: 100, seed: 2, readdMember: 409, seats: { 'confluence@acme-labs': 0 } });
    try {
      const group = strict.world.groups.find((candidate) => candidate.name === 'confluence-users-acme-labs');
      const outside = [...strict.truth.accounts()].find((account) => plain(account) && !account.access.some((access) => access.app === 'confluence' && access.site === 'acme-labs'));
      const full = await call(strict, 'POST', `${paths(strict).directory}/groups/${group?.id ?? ''}/memberships`, { body: { accountId: outside?.accountId } });
      expect([full.status, at(full.json, 'errors', 0, 'code')]).toEqual([409, 'ADMIN-UAM-409-3']);
      const jira = strict.world.groups.find((candidate) => candidate.name === 'jira-users-acme');
      const inside = [...strict.truth.accounts()].find((account) => plain(account) && account.groups.some((held) => held.id === jira?.id));
      const repeated = await call(strict, 'POST', `${paths(strict).directory}/groups/${jira?.id ?? ''}/memberships`, { body: { accountId: inside?.accountId } });
      expect([repeated.status, at(repeated.json, 'errors', 0, 'code')]).toEqual([409, 'ADMIN-UAM-409-2']);
    } finally {
      await strict.close();
    }
  });
});

describe('roles', () => {
  it('revoking takes the direct role and leaves the group', async () => {
    const account = find((candidate) => candidate.access.some((access) => access.paths.some((path) => path.kind === 'direct') && access.paths.some((path) => path.kind === 'group' && path.role === 'atlassian/user')));
    const access = account.access.find((candidate) => candidate.paths.some((path) => path.kind === 'direct'));
    const reply = await call(sandbox, 'POST', `${paths(sandbox).v1}/users/${account.accountId}/roles/revoke`, { body: { role: 'atlassian/user', resource: access?.resourceId } });
    expect(reply.status).toBe(204);
    const after = sandbox.truth.account(account.accountId)?.access.find((candidate) => candidate.resourceId === access?.resourceId);
    expect(after?.hasAccess).toBe(true);
    expect(after?.paths.some((path) => path.kind === 'direct')).toBe(false);
    expect(sandbox.journal.effects()).toMatchObject([{ effect: 'roleRevoked', actor: 'full', operation: 'userRoles.revoke', accountId: account.accountId, resourceId: access?.resourceId, role: 'atlassian/user' }]);
  });

  it('an unknown resource and a role it does not have are refused', async () => {
    const { accountId } = find(() => true);
    const path = `${paths(sandbox).v1}/users/${accountId}/roles/assign`;
    expect((await call(sandbox, 'POST', path, { body: { role: 'atlassian/user', resource: 'ari:cloud:jira-software::site/none' } })).status).toBe(404);
    expect((await call(sandbox, 'POST', path, { body: { role: 'atlassian/site-admin', resource: sandbox.organisation.resources[0]?.ari } })).status).toBe(400);
    expect((await call(sandbox, 'POST', path, { body: {} })).status).toBe(400);
  });
});

describe('suspend, restore, remove', () => {
  it('suspends and restores with groups kept; an organisation administrator is refused', async () => {
    const account = find((candidate) => candidate.groups.length > 1);
    const user = `${paths(sandbox).directory}/users/${account.accountId}`;
    expect((await call(sandbox, 'POST', `${user}/suspend`)).status).toBe(204);
    expect(sandbox.truth.account(account.accountId)).toMatchObject({ status: 'suspended', groups: account.groups });
    expect((await call(sandbox, 'POST', `${user}/restore`)).status).toBe(204);
    expect(sandbox.truth.account(account.accountId)?.status).toBe('active');
    expect((await call(sandbox, 'POST', `${paths(sandbox).directory}/users/${sandbox.keyOwnerAccountId}/suspend`)).status).toBe(400);
    expect((await call(sandbox, 'POST', `${paths(sandbox).everywhere}/users/${account.accountId}/suspend`)).status).toBe(404);
    expect(sandbox.journal.effects().map((entry) => entry.effect)).toEqual(['accessSuspended', 'accessRestored']);
  });

  it('removes from the directory and all groups; a managed account stays visible as not invited', async () => {
    const account = find((candidate) => candidate.managed && candidate.groups.length > 0);
    expect((await call(sandbox, 'DELETE', `${paths(sandbox).directory}/users/${account.accountId}`)).status).toBe(204);
    expect(sandbox.truth.account(account.accountId)).toMatchObject({ status: 'not_invited', groups: [] });
    expect(sandbox.journal.effects()[0]).toMatchObject({ effect: 'userRemoved', before: { membership: 'active', groups: account.groups.map((group) => group.id) } });
  });

  it('suspended in one of two directories is still active overall', async () => {
    const original = await startSandbox({ users: 200, seed: 2, directories: 2 });
    try {
      const account = [...original.truth.accounts()].find((candidate) => plain(candidate) && candidate.directories.every((directory) => directory.membership === 'active'));
      await call(original, 'POST', `${paths(original, 1).directory}/users/${account?.accountId ?? ''}/suspend`);
      expect(original.truth.account(account?.accountId ?? '')).toMatchObject({ status: 'active', directories: [{ membership: 'active' }, { membership: 'suspended' }] });
    } finally {
      await original.close();
    }
  });
});

describe('groups', () => {
  it('are made without an answer body, deleted, and protected where they matter', async () => {
    const { directory } = paths(sandbox);
    const made = await call(sandbox, 'POST', `${directory}/groups`, { body: { name: 'parking' } });
    expect([made.status, made.text]).toEqual([201, '']);
    expect((await call(sandbox, 'POST', `${directory}/groups`, { body: { name: 'Parking' } })).status).toBe(409);
    const found = await call(sandbox, 'POST', `${directory}/groups/search`, { body: { groupNames: ['parking'] } });
    expect((await call(sandbox, 'DELETE', `${directory}/groups/${String(at(found.json, 'data', 0, 'id'))}`)).status).toBe(204);
    expect(at((await call(sandbox, 'DELETE', `${directory}/groups/${groupNamed('jira-users-acme')}`)).json, 'errors', 0, 'code')).toBe('ADMIN-403-6');
    expect(at((await call(sandbox, 'DELETE', `${directory}/groups/${groupNamed('jira-admins-acme')}`)).json, 'errors', 0, 'code')).toBe('ADMIN-403-7');
  });
});

describe('user management', () => {
  it('deactivates managed accounts, not those of an identity provider nor unmanaged ones', async () => {
    const managed = find((account) => account.managed && !account.synced);
    expect((await call(sandbox, 'POST', `/users/${managed.accountId}/manage/lifecycle/disable`, { body: {} })).status).toBe(204);
    expect(sandbox.truth.account(managed.accountId)?.status).toBe('deactivated');
    expect((await call(sandbox, 'POST', `/users/${managed.accountId}/manage/lifecycle/enable`)).status).toBe(204);
    const synced = find((account) => account.synced);
    const refused = await call(sandbox, 'POST', `/users/${synced.accountId}/manage/lifecycle/disable`, { body: {} });
    expect([refused.status, at(refused.json, 'context', 'reason', 'key')]).toEqual([403, 'externalDirectory.scim']);
    const outside = find((account) => !account.managed);
    expect((await call(sandbox, 'GET', `/users/${outside.accountId}/manage`)).json).toEqual({ key: 'forbidden' });
  });
});

describe('delayed consistency', () => {
  it('reads show the state from before a write until its time is over; the truth changes at once', async () => {
    const slow = await startSandbox({ users: 200, seed: 2, clock: 'frozen', consistencyDelayMs: 5000 });
    try {
      const group = slow.world.groups.find((candidate) => candidate.name === 'jira-users-acme');
      const account = [...slow.truth.accounts()].find((candidate) => plain(candidate) && candidate.groups.some((held) => held.id === group?.id));
      const { directory } = paths(slow);
      const shown = async (): Promise<boolean> => JSON.stringify((await call(slow, 'POST', `${directory}/users/search`, { body: { accountIds: [account?.accountId], expand: ['groups'] } })).json).includes(group?.id ?? '-');
      await call(slow, 'DELETE', `${directory}/groups/${group?.id ?? ''}/memberships/${account?.accountId ?? ''}`);
      expect(slow.truth.account(account?.accountId ?? '')?.groups.some((held) => held.id === group?.id)).toBe(false);
      expect(await shown()).toBe(true);
      slow.clock.advance(5000);
      expect(await shown()).toBe(false);
    } finally {
      await slow.close();
    }
  });
});

describe('the journal file', () => {
  it('holds each entry as a line, in order', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-journal-'));
    const journalFile = join(folder, 'journal.jsonl');
    const written = await startSandbox({ users: 50, journalFile });
    try {
      written.mutate({ kind: 'makeOrgAdmin', accountId: [...written.truth.accounts()][20]?.accountId ?? '' });
      await call(written, 'POST', `${paths(written).directory}/users/${written.keyOwnerAccountId}/suspend`);
      const lines: unknown[] = readFileSync(journalFile, 'utf8').trim().split('\n').map((line): unknown => JSON.parse(line));
      expect(lines).toEqual(written.journal.entries());
      expect(lines.map((line) => at(line, 'type'))).toEqual(['effect', 'request', 'refused']);
    } finally {
      await written.close();
      rmSync(folder, { recursive: true });
    }
  });
});
