import { sql } from 'kysely';
import { takingVerbs } from './plan-build.ts';
import { truePercent } from './true-percent.ts';
import type { Database } from '../../../db/index.ts';
import type { ActionVerb } from './plan-build.ts';
import type { Period } from '@rollcall/core';
import type { Transaction } from 'kysely';

/** The outcome of one guard. `text` says what to do when it did not pass. One that does not pass refuses the plan; it never shortens it. */
export interface GuardResult {
  readonly name: 'people' | 'percent' | 'canary' | 'freshData' | 'suspiciousData' | 'unknownActivity' | 'shortPeriod';
  readonly passed: boolean;
  readonly text: string;
  /** The numbers, days and names of the text: screens say it in other languages by the name of the guard. */
  readonly values: Readonly<Record<string, string | number>>;
}

export interface GuardInput {
  readonly trx: Transaction<Database>;
  readonly planId: string;
  readonly verb: ActionVerb;
  readonly source: { readonly id: string; readonly realmId: number; readonly lastFullReadAt: Date | null; readonly staleAfterHours: number };
  readonly caps: { readonly people: number; readonly percent: number };
  readonly restsOnInactivity: boolean;
  readonly period: Period;
  readonly spanDays: number;
  readonly minimumPeriodDays: number;
  readonly mostUnknownPercent: number;
  readonly shortPeriodReason: string | null;
  readonly now: Date;
}

/** Runs the guards that fit the action: what gives is not held back by caps or freshness (design.md section 8). */
export async function runGuards(input: GuardInput): Promise<readonly GuardResult[]> {
  const canary = await guardCanary(input);
  if (!takingVerbs.has(input.verb)) return [canary];
  return [...(await guardCaps(input)), canary, guardFreshness(input), await guardSuspicion(input), ...(await guardUnknown(input)), ...guardPeriod(input)];
}

async function guardCaps({ trx, planId, source, caps }: GuardInput): Promise<readonly GuardResult[]> {
  const { rows } = await sql<{ people: string; active: string }>`
    select (select count(*) from plan_item where plan_id = ${planId} and decision = 'act') as people,
      (select count(*) from account where realm_id = ${source.realmId} and gone_at is null and status = 'active' and account_type = 'atlassian') as active`.execute(trx);
  const people = Number(rows[0]?.people ?? 0);
  const active = Number(rows[0]?.active ?? 0);
  // Multiplied first: 7 of 100 are 7 %, not 7.000000000000001 %.
  const share = active === 0 ? (people === 0 ? 0 : 100) : (people * 100) / active;
  const percent = truePercent(share, caps.percent, 1);
  return [
    { name: 'people', passed: people <= caps.people, values: { people, cap: caps.people }, text: people <= caps.people ? `${people} people, of at most ${caps.people}.` : `${people} people are more than the cap of ${caps.people}. Narrow the query, or have an administrator raise the cap in Settings.` },
    { name: 'percent', passed: share <= caps.percent, values: { percent, active, cap: caps.percent }, text: share <= caps.percent ? `${percent} % of ${active} active accounts, of at most ${caps.percent} %.` : `${percent} % of the ${active} active accounts is more than the cap of ${caps.percent} %. Narrow the query, or have an administrator raise the cap in Settings.` },
  ];
}

/** A canary refuses the plan wherever it stands in it: chosen, matched or in doubt. */
async function guardCanary({ trx }: GuardInput): Promise<GuardResult> {
  const { rows } = await sql<{ label: string | null; by: string }>`
    select reason_data ->> 'label' as label, reason_data ->> 'by' as by from exempted where canary limit 3`.execute(trx);
  const found = rows[0];
  if (found === undefined) return { name: 'canary', passed: true, text: 'No canary is among the people.', values: {} };
  return { name: 'canary', passed: false, text: `A canary is among the people (${found.by}${found.label === null ? '' : ` ${found.label}`}): the selection is not what it should be. Look at the query.`, values: { by: found.by, label: found.label ?? '' } };
}

/** Clocks may differ a little. */
const futureHours = 0.1;

function guardFreshness({ source, now }: GuardInput): GuardResult {
  if (source.lastFullReadAt === null) return { name: 'freshData', passed: false, text: 'This source was never read completely. Sync it first.', values: {} };
  const hours = (now.getTime() - source.lastFullReadAt.getTime()) / 3_600_000;
  // A reading from the future was made before the clock was set back, and nobody knows how old it is.
  if (hours < -futureHours) return { name: 'freshData', passed: false, text: 'The last complete reading is dated in the future: the clock was set back since. Look at the clock of this machine and of the database, then sync again.', values: { future: 1 } };
  const passed = hours <= source.staleAfterHours;
  const age = hours < 1 ? 'less than an hour' : `${Math.floor(hours)} hours`;
  return { name: 'freshData', passed, text: passed ? `The last complete reading is ${age} old.` : `The last complete reading is ${age} old, more than the ${source.staleAfterHours} hours that this source allows. Sync it first.`, values: { hours: Math.floor(hours), staleAfterHours: source.staleAfterHours } };
}

async function guardSuspicion({ trx, source }: GuardInput): Promise<GuardResult> {
  const held = await trx.selectFrom('sync').select('id').where('source_id', '=', source.id).where('state', '=', 'held').executeTakeFirst();
  return { name: 'suspiciousData', passed: held === undefined, text: held === undefined ? 'No reading is held as suspicious.' : 'The last reading found suspiciously few accounts and is held. Decide about it first (Sources).', values: {} };
}

/** Nobody of unknown activity is in such a plan; where most are unknown the reading itself is not what it should be. */
async function guardUnknown({ trx, source, restsOnInactivity, mostUnknownPercent }: GuardInput): Promise<readonly GuardResult[]> {
  if (!restsOnInactivity) return [];
  const { rows } = await sql<{ accesses: string; unknown: string }>`
    select coalesce(sum(d.accounts), 0) as accesses, coalesce(sum(d.accounts) filter (where d.last_kind = 'unknown'), 0) as unknown
    from usage_day d join resource r on r.id = d.resource_id where r.realm_id = ${source.realmId}`.execute(trx);
  const accesses = Number(rows[0]?.accesses ?? 0);
  const share = accesses === 0 ? 0 : (Number(rows[0]?.unknown ?? 0) * 100) / accesses;
  const percent = truePercent(share, mostUnknownPercent, 0);
  const passed = share <= mostUnknownPercent;
  const told = `Of ${percent} % of the app accesses of this source the last activity is unknown`;
  const text = passed ? `${told}, of at most ${mostUnknownPercent} %.` : `${told}, more than the ${mostUnknownPercent} % that the settings allow. Test the key in Sources and sync again, or add an export as evidence.`;
  return [{ name: 'unknownActivity', passed, text, values: { percent, most: mostUnknownPercent } }];
}

function guardPeriod({ restsOnInactivity, period, spanDays, minimumPeriodDays, shortPeriodReason }: GuardInput): readonly GuardResult[] {
  if (!restsOnInactivity) return [];
  if (spanDays >= minimumPeriodDays) return [{ name: 'shortPeriod', passed: true, text: `The period runs from ${period.from} to ${period.to}: ${spanDays} days.`, values: { from: period.from, to: period.to, days: spanDays } }];
  if (shortPeriodReason !== null) return [{ name: 'shortPeriod', passed: true, text: `The period is only ${spanDays} days, allowed with this reason: ${shortPeriodReason}`, values: { days: spanDays, reason: shortPeriodReason } }];
  return [{ name: 'shortPeriod', passed: false, text: `The period from ${period.from} to ${period.to} is ${spanDays} days, less than the minimum of ${minimumPeriodDays}. Choose a longer one, or say in words why a short one is right.`, values: { from: period.from, to: period.to, days: spanDays, minimumDays: minimumPeriodDays } }];
}
