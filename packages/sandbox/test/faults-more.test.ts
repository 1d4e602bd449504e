import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { faultKinds, startSandbox } from '../src/index.ts';
import type { FaultEffect, Sandbox } from '../src/index.ts';
import { at, call, items, paths } from './client.ts';
import type { Reply } from './client.ts';

let sandbox: Sandbox;
beforeEach(async () => { sandbox = await startSandbox({ users: 120, seed: 2, clock: 'frozen' }); });
afterEach(() => sandbox.close());

const search = (): Promise<Reply> => call(sandbox, 'POST', `${paths(sandbox).directory}/users/search`, { body: { limit: 50 } });
const strike = (operation: string, effect: FaultEffect): number => sandbox.faults.add({ operation, effect });

function outsiderOf(name: string): { readonly path: string; readonly accountId: string; readonly body: { readonly accountId: string } } {
  const groupId = sandbox.world.groups.find((group) => group.name === name)?.id ?? '';
  const accountId = [...sandbox.truth.accounts()].find((account) => account.kind === 'person' && account.status === 'active' && !account.access.some((access) => access.hasAccess && access.app === 'jira' && access.site === 'acme'))?.accountId ?? '';
  return { accountId, path: `${paths(sandbox).directory}/groups/${groupId}/memberships`, body: { accountId } };
}

describe('faults of writes', () => {
  it('every seat is taken by others: a member is refused, and nothing happens', async () => {
    const { path, accountId, body } = outsiderOf('jira-users-acme');
    strike('memberships.add', { kind: 'takeSeats' });
    const refused = await call(sandbox, 'POST', path, { body });
    expect([refused.status, at(refused.json, 'errors', 0, 'code')]).toEqual([409, 'ADMIN-UAM-409-3']);
    expect(sandbox.journal.effects({ accountId })).toHaveLength(0);
  });

  it('a write is accepted and nothing happens', async () => {
    const { path, accountId, body } = outsiderOf('jira-users-acme');
    strike('memberships.add', { kind: 'ignoreWrite' });
    expect((await call(sandbox, 'POST', path, { body })).status).toBe(204);
    expect(sandbox.journal.effects({ accountId })).toHaveLength(0);
    expect((await call(sandbox, 'POST', path, { body })).status).toBe(204);
    expect(sandbox.journal.effects({ accountId })).toHaveLength(1);
  });
});

describe('faults of answers', () => {
  it('the clock of the vendor jumps, and its answers carry the new time', async () => {
    const before = Date.parse((await search()).headers.get('date') ?? '');
    strike('users.search', { kind: 'clockJump', byMs: 7_200_000 });
    expect(Date.parse((await search()).headers.get('date') ?? '') - before).toBe(7_200_000);
  });

  it('an answer is flooded before it comes', async () => {
    strike('users.search', { kind: 'flood', bytes: 3_000_000 });
    const flooded = await search();
    expect(flooded.text.length).toBeGreaterThan(3_000_000);
    expect(items(flooded)).toHaveLength(50);
  });

  it('names its kinds once each', () => {
    expect(new Set(faultKinds).size).toBe(faultKinds.length);
    expect(faultKinds).toEqual(expect.arrayContaining(['status', 'takeSeats', 'partialRead']));
  });
});

async function over(kind: 'good' | 'wrongHost' | 'expired'): Promise<Sandbox> {
  const secured = await startSandbox({ users: 20, tls: kind });
  onTestFinished(() => secured.close());
  return secured;
}

const codeOf = (secured: Sandbox): Promise<unknown> => fetch(secured.adminBaseUrl).then(({ status }) => status, (error: unknown) => (error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : error));

describe('TLS', () => {
  it.each(['good', 'wrongHost', 'expired'] as const)('a certificate of its own making (%s) is trusted by nobody', async (kind) => {
    expect(await codeOf(await over(kind))).toMatch(/SELF_SIGNED|CERT_HAS_EXPIRED/);
  });

  it('a client that trusts it accepts the good one, and still refuses the wrong host and the expired', async () => {
    const [good, wrongHost, expired] = [await over('good'), await over('wrongHost'), await over('expired')];
    const before = tls.getCACertificates();
    tls.setDefaultCACertificates([...before, ...[good, wrongHost, expired].map((one) => one.certificate ?? '')]);
    onTestFinished(() => tls.setDefaultCACertificates(before));
    expect([await codeOf(good), await codeOf(wrongHost), await codeOf(expired)]).toEqual([404, 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED']);
  });
});
