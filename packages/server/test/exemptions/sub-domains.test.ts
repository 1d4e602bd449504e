import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createExemption, endExemption } from '../../src/features/exemptions/exemption-store.ts';
import { domainCovers } from '../../src/features/exemptions/index.ts';
import { readExemptions } from '../../src/features/accounts/account-past.ts';
import { setUpRuns } from '../runs/support.ts';
import type { RunSetup } from '../runs/support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const lastActiveOnly = { ...removal, selection: { ...removal.selection, q: 'app = jira AND site = acme AND lastActive < -90d AND status = active' } };

async function rowsOf(setup: RunSetup, planId: string) {
  return setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', planId).orderBy('i.seq').select(['a.id', 'a.vendor_id', 'i.decision', 'i.reason']).execute();
}

/** People a plan would act on, moved to these domains at the vendor. */
async function move(setup: RunSetup, domains: readonly string[]): Promise<string[]> {
  const acted = (await rowsOf(setup, (await setup.plan(removal)).id)).filter((row) => row.decision === 'act');
  if (acted.length < domains.length) throw new Error('the world is too small');
  const ids = domains.map((domain, index) => {
    const accountId = acted[index]?.vendor_id ?? '';
    setup.sandbox.mutate({ kind: 'rename', accountId, email: `person${index}@${domain}` });
    return accountId;
  });
  await setup.sync();
  return ids;
}

function exempt({ deps, scope }: RunSetup, subject: string, canary = false) {
  return createExemption(deps, scope, { kind: 'domain', sourceId: null, subject, canary, reason: 'under contract', owner: 'IT', endsOn: null });
}

it('covers what is written and nothing that only looks like it', async () => {
  const { database } = await setUpRuns({ users: 10 });
  const covers = async (subject: string, domain: string | null): Promise<boolean | null> => {
    const { rows } = await sql<{ yes: boolean | null }>`select ${domainCovers(sql`${subject}::text`, sql`${domain}::text`)} as yes`.execute(database.db);
    return rows[0]?.yes ?? null;
  };
  for (const domain of ['example.com', 'eu.example.com', 'a.b.example.com']) expect([domain, await covers('*.example.com', domain)]).toEqual([domain, true]);
  for (const domain of ['notexample.com', 'example.com.evil.test', 'com', 'example.co', 'xexample.com', '.com']) expect([domain, await covers('*.example.com', domain)]).toEqual([domain, false]);
  expect(await covers('example.com', 'example.com')).toBe(true);
  for (const domain of ['eu.example.com', 'notexample.com']) expect([domain, await covers('example.com', domain)]).toEqual([domain, false]);
  expect(await covers('*.example.com', null)).not.toBe(true);
});

it('nobody of a covered sub-domain is ever a victim, in a plan or in a run that was planned before; others are', async () => {
  const setup = await setUpRuns({ users: 400 });
  const { deps, scope, sandbox } = setup;
  const ids = await move(setup, ['eu.west.partner.example', 'partner.example', 'notpartner.example', 'eu.exact.example']);
  const [below = '', itself = '', lookalike = '', belowExact = ''] = ids;
  const before = await setup.plan(removal);
  const decisions = async (planId: string) => {
    const rows = await rowsOf(setup, planId);
    return Object.fromEntries(rows.filter((row) => ids.includes(row.vendor_id)).map((row) => [row.vendor_id, `${row.decision} ${row.reason}`]));
  };
  expect(Object.values(await decisions(before.id)).every((decision) => decision.startsWith('act'))).toBe(true);

  const wide = await exempt(setup, '*.Partner.example');
  expect(wide).toMatchObject({ subject: '*.partner.example', label: '*.partner.example' });
  await exempt(setup, 'exact.example');
  const after = await decisions((await setup.plan(removal)).id);
  expect(after).toMatchObject({ [below]: 'skip exempt', [itself]: 'skip exempt' });
  expect(after[lookalike]).toMatch(/^act/u);
  expect(after[belowExact]).toMatch(/^act/u);

  const mark = sandbox.journal.length;
  const runId = await setup.apply(before);
  await setup.work(runId);
  for (const id of [below, itself]) expect(sandbox.journal.requests({ afterSeq: mark, accountId: id })).toEqual([]);
  for (const id of [lookalike, belowExact]) expect(sandbox.journal.effects({ accountId: id }).some((entry) => entry.effect === 'membershipRemoved' || entry.effect === 'roleRevoked')).toBe(true);

  const account = await deps.db.selectFrom('account').select('id').where('vendor_id', '=', below).executeTakeFirstOrThrow();
  expect(await readExemptions(deps.db, setup.workspaceId, account.id, '2026-01-01', null)).toMatchObject([{ via: 'domain *.partner.example' }]);

  // Its end begins the clock of everybody it covered anew.
  await endExemption(deps, scope, wide.id);
  const ended = await decisions((await setup.plan(lastActiveOnly)).id);
  expect(ended).toMatchObject({ [below]: 'look clockStartedInPeriod', [itself]: 'look clockStartedInPeriod' });
});

it.each(['by hand', 'by its date'] as const)('the clock that an exemption begins anew when it ends %s stays through the next syncs', async (how) => {
  const setup = await setUpRuns({ users: 300 });
  const { deps, scope, database } = setup;
  const [covered = '', other = ''] = await move(setup, ['partner.example', 'elsewhere.example']);
  const clocks = async () => {
    const { rows } = await database.pool.query<{ vendor_id: string; days: number }>(
      `select a.vendor_id, min(current_date - c.clock_on) as days from access c join account a on a.id = c.account_id where a.vendor_id = any($1) and c.holding <> 'none' group by 1`, [[covered, other]]);
    return Object.fromEntries(rows.map((row) => [row.vendor_id, row.days]));
  };
  const before = await clocks();
  expect([before[covered], before[other]].every((days) => days === undefined || days === 0 || days > 5)).toBe(true);
  const exemption = await exempt(setup, 'partner.example');
  if (how === 'by hand') await endExemption(deps, scope, exemption.id);
  // Yesterday was its last day.
  else await database.pool.query('update exemption set ends_on = current_date - 1 where id = $1', [exemption.id]);
  await setup.sync();
  await setup.sync();
  expect(await clocks()).toEqual({ ...before, [covered]: 0 });
});

it('a canary on a domain and its sub-domains refuses the run; half a domain is refused in words', async () => {
  const setup = await setUpRuns({ users: 300 });
  await move(setup, ['eu.board.example']);
  const plan = await setup.plan(removal);
  await expect(exempt(setup, '*.com')).rejects.toMatchObject({ facts: { code: 'badRequest', detail: expect.stringContaining('*.example.com') } });
  await exempt(setup, '*.board.example', true);
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'planNotReady' } });
});
