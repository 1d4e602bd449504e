import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import tls from 'node:tls';
import { startSandbox } from '@rollcall/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { listRunItems } from '../../src/features/runs/run-items.ts';
import { recheckItem } from '../../src/features/runs/recheck-item.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from '../runs/support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const world = { users: 300, seed: 11, now: new Date() } as const;
const jobs = { enqueue: () => Promise.resolve(null) };

/** A way to the vendor that can be laid elsewhere, or closed, in the middle: connections that stand break, new ones go the new way. Null: reset in the handshake. */
async function wayTo(first: number): Promise<{ readonly port: number; lay(port: number | null): void }> {
  let target: number | null = first;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => undefined).on('close', () => open.delete(near));
    if (target === null) {
      near.once('data', () => near.resetAndDestroy());
      return;
    }
    const far = connect(target, '127.0.0.1');
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  // A server that listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  return { port, lay: (next) => {
    target = next;
    for (const socket of open) socket.destroy();
  } };
}

const portOf = (url: string): number => Number(new URL(url).port);

it.each(['a certificate that nobody trusts', 'handshakes that are reset'] as const)('%s in the middle of a run: nobody fails, the key goes nowhere, and the run goes on without doing anything twice', async (fault) => {
  const setup = await setUpRuns(world);
  const trusted = tls.getCACertificates();
  const vendor = await startSandbox({ ...world, tls: 'good' });
  const impostor = await startSandbox({ ...world, tls: 'good' });
  onTestFinished(async () => {
    tls.setDefaultCACertificates(trusted);
    await Promise.all([vendor.close(), impostor.close()]);
  });
  tls.setDefaultCACertificates([...trusted, vendor.certificate ?? '']);
  const way = await wayTo(portOf(vendor.url));
  const settings = JSON.stringify({ baseUrl: `https://localhost:${way.port}`, organisationId: vendor.orgId, requestsPerMinute: 1_000_000 });
  await setup.database.db.updateTable('source').set({ settings }).where('id', '=', setup.sourceId).execute();

  const runId = await setup.apply(await setup.plan(removal), 12);
  let calls = 0;
  const deps = { ...setup.runDeps, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const opened = await setup.runDeps.openVendor(...args);
    return { ...opened, apply: (...call: Parameters<typeof opened.apply>) => {
      calls += 1;
      if (calls === 4) way.lay(fault === 'handshakes that are reset' ? null : portOf(impostor.url));
      return opened.apply(...call);
    } };
  } };
  const wakeAt = await workOnRun(deps, runId, new AbortController().signal);
  expect(wakeAt).not.toBeNull();
  const broken = await setup.run(runId);
  expect(broken.totals.failed).toBe(0);
  expect(broken.totals.pending).toBeGreaterThan(0);
  expect(broken.totals.verified).toBeLessThan(12);
  if (fault === 'a certificate that nobody trusts') expect(setup.logged.join('\n')).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(impostor.journal.length).toBe(0);

  // The way is as it was. Who was cut off in the middle of a call, when nobody could be asked, is re-checked.
  way.lay(portOf(vendor.url));
  for (let day = 1; day < 5; day += 1) {
    if ((await workOnRun({ ...setup.runDeps, now: () => new Date(Date.now() + day * 86_400_000) }, runId, new AbortController().signal)) === null) break;
  }
  const uncertain = (await listRunItems(setup.database.db, runId, { limit: 50 })).items.filter((item) => item.state === 'uncertain');
  for (const item of uncertain) await recheckItem({ ...setup.runDeps, jobs }, setup.scope, runId, item.id, new AbortController().signal);
  const { totals } = await setup.run(runId);
  expect(totals).toMatchObject({ uncertain: 0, pending: expect.any(Number) });
  const effects = vendor.journal.effects({ actor: 'full' });
  expect(new Set(effects.map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`)).size).toBe(effects.length);
  expect(new Set(effects.map((effect) => effect.accountId)).size).toBe(totals.verified);
  // Whom a re-check found unchanged was not taken from; everybody else was, and the world says the same.
  expect(totals.verified + totals.failed).toBe(12);
  expect(totals.failed).toBeLessThanOrEqual(uncertain.length);
});
