import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { routes } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { startNode, until } from './node-under-test.ts';
import type { NodeUnderTest } from './node-under-test.ts';

async function begin(sandbox: Sandbox): Promise<{ folder: string; node: NodeUnderTest; sourceId: string }> {
  const folder = await mkdtemp('/tmp/rollcall-crash-');
  const node = await startNode(folder);
  await node.client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  const source = await node.client.call(routes.sources.create, {
    body: { kind: 'atlassian-org', name: 'Acme', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, keyOwner: sandbox.keyOwnerAccountId, syncEveryMinutes: null },
  });
  return { folder, node, sourceId: source.id };
}

async function sandboxFor(users: number): Promise<Sandbox> {
  const sandbox = await startSandbox({ users, seed: 31, neverActive: 'nullTimestamp', latencyMs: 5 });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Ends the node, its database and its folder, whatever the test came to. */
function cleanUp(holder: { node: NodeUnderTest; folder: string }): void {
  onTestFinished(async () => {
    await holder.node.kill(true).catch(() => undefined);
    await wait(500);
    await rm(holder.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  });
}

it('a sync that is killed again and again, its database too, ends as one that was not', async () => {
  const sandbox = await sandboxFor(1_500);
  const holder = await begin(sandbox);
  cleanUp(holder);
  const first = await holder.node.client.call(routes.sources.sync, { params: { sourceId: holder.sourceId } });
  for (let kill = 0; kill < 4; kill += 1) {
    await wait(randomInt(50, 700));
    await holder.node.kill(kill % 2 === 1);
    holder.node = await startNode(holder.folder);
  }
  const done = await until(() => holder.node.client.call(routes.sources.getSync, { params: { syncId: first.id } }), (sync) => sync.state === 'done' || sync.state === 'failed');
  expect(done).toMatchObject({ state: 'done', problem: null });
  const count = await holder.node.client.call(routes.inventory.count, { query: { q: '', exact: 'true' } });
  expect(count.accounts).toBe([...sandbox.truth.accounts()].length);
});

it('a run that is killed again and again does everything once, and nothing to anybody else', async () => {
  const sandbox = await sandboxFor(400);
  const holder = await begin(sandbox);
  cleanUp(holder);
  const { client } = holder.node;
  const sync = await client.call(routes.sources.sync, { params: { sourceId: holder.sourceId } });
  await until(() => client.call(routes.sources.getSync, { params: { syncId: sync.id } }), (one) => one.state === 'done');
  const ordered = await client.call(routes.plans.create, { body: { sourceId: holder.sourceId, action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } } });
  const plan = await until(() => client.call(routes.plans.get, { params: { planId: ordered.id } }), (one) => one.state !== 'building');
  expect(plan.state).toBe('ready');
  const items = await client.call(routes.plans.items, { params: { planId: plan.id }, query: { decision: 'act', limit: 500 } });
  const chosen = new Set(items.items.map((item) => item.vendorId));
  const mark = sandbox.journal.length;
  const run = await client.call(routes.plans.apply, { params: { planId: plan.id }, body: { digest: plan.digest ?? '', sourceName: 'Acme', people: plan.typeBack } });
  for (let kill = 0; kill < 6; kill += 1) {
    await wait(randomInt(20, 600));
    await holder.node.kill(kill % 2 === 1);
    holder.node = await startNode(holder.folder);
  }
  const end = await until(() => holder.node.client.call(routes.runs.get, { params: { runId: run.id } }), (one) => one.state === 'done' || one.state === 'paused');
  expect(end).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  const effects = sandbox.journal.effects({ afterSeq: mark });
  const names = effects.map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId} ${effect.effect}`);
  expect(new Set(names).size).toBe(names.length);
  expect(effects.every((effect) => chosen.has(effect.accountId ?? ''))).toBe(true);
  for (const id of chosen) {
    const jira = sandbox.truth.account(id)?.access.find((access) => access.app === 'jira' && access.site === 'acme');
    expect(jira?.hasAccess ?? false).toBe(false);
  }
  expect(await holder.node.client.call(routes.audit.verify, {})).toMatchObject({ ok: true, problem: null });
});
