import { parseCivilDate } from '@rollcall/core';
import { expect, it } from 'vitest';
import { problemOf, RequestProblem } from '../../src/app/problem.ts';
import { createExemption } from '../../src/features/exemptions/exemption-store.ts';
import { orderUndo } from '../../src/features/plans/index.ts';
import { pauseRun } from '../../src/features/runs/run-commands.ts';
import { setUpRuns } from './support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

/** What a screen is answered when this is refused. */
async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof RequestProblem)) throw new Error('It should be refused.');
  const { code, detail, data } = problemOf(error.facts, 'request');
  expect(detail).toMatch(/\.$/u);
  return { code, data };
}

it('a refusal names its reason and every value of its sentence, so that it can be said in any language', async () => {
  const setup = await setUpRuns({ users: 200 });
  const { deps, scope } = setup;
  const domain = { kind: 'domain' as const, sourceId: null, subject: 'partner.example', canary: false, reason: 'under contract', owner: 'IT', endsOn: null };
  await createExemption(deps, scope, domain);
  expect(await refusalOf(createExemption(deps, scope, domain))).toEqual({ code: 'conflict', data: { refusal: 'alreadyExempt', label: 'partner.example', reason: 'under contract', owner: 'IT' } });
  expect(await refusalOf(createExemption(deps, scope, { ...domain, subject: 'other.example', endsOn: parseCivilDate('2020-01-31') }))).toMatchObject({ data: { refusal: 'endsInPast', day: '2020-01-31' } });
  expect(await refusalOf(setup.plan({ ...removal, selection: { ...removal.selection, period: '2024-01-01..2024-03-31' } }))).toEqual({ code: 'badPeriod', data: { refusal: 'pastPeriod', to: '2024-03-31' } });

  await setup.database.db.updateTable('workspace').set({ settings: JSON.stringify({ caps: { people: 10_000, percent: 100 }, typeBackFrom: 2 }) }).execute();
  const plan = await setup.plan(removal);
  expect(await refusalOf(setup.apply({ ...plan, sourceName: 'Another' }))).toEqual({ code: 'confirmationMismatch', data: { refusal: 'wrongSource', name: plan.sourceName } });
  expect(await refusalOf(setup.apply({ ...plan, typeBack: 1_000 }))).toEqual({ code: 'confirmationMismatch', data: { refusal: 'typeBack', people: plan.typeBack } });
  const runId = await setup.apply(plan, 1);
  expect(await refusalOf(setup.apply(plan))).toEqual({ code: 'conflict', data: { refusal: 'planApplied' } });
  expect(await refusalOf(orderUndo({ ...deps, jobs }, scope, runId))).toEqual({ code: 'conflict', data: { refusal: 'runUnderWay' } });
  await setup.work(runId);
  expect(await refusalOf(pauseRun({ ...deps, jobs }, scope, runId))).toEqual({ code: 'conflict', data: { refusal: 'runState', state: 'paused' } });
});
