import { permissions } from '@rollcall/contract';
import { addDays, parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { systemScope } from '../../src/app/scope.ts';
import type { Scope } from '../../src/app/scope.ts';
import type { Database } from '../../src/db/index.ts';
import { rollUpUsage } from '../../src/features/sync/index.ts';

export function day(text: string): CivilDate {
  const parsed = parseCivilDate(text);
  if (parsed === null) throw new Error(`${text} is no day`);
  return parsed;
}

/** The day on which the tests ask. */
export const today = day('2026-11-22');
export const now = new Date('2026-11-22T12:00:00Z');

/** A small generator of our own (mulberry32): the same inventory every time, from a seed. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export interface SeededAccess {
  readonly resourceId: number;
  readonly holding: 'has' | 'none' | 'unknown';
  readonly lastKind: 'at' | 'never' | 'unknown';
  readonly lastOn: CivilDate | null;
  readonly knownThrough: CivilDate | null;
  readonly clockOn: CivilDate | null;
  readonly days: readonly CivilDate[];
}
export interface SeededAccount {
  readonly id: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly status: string;
  readonly addedOn: CivilDate | null;
  readonly accesses: readonly SeededAccess[];
}
export interface Seeded {
  readonly workspaceId: number;
  readonly scope: Scope;
  readonly sourceIds: { readonly org: string; readonly other: string };
  /** Jira and Confluence on acme, Jira on beta: of the organisation; Jira on other: of the second source. */
  readonly resources: { readonly acmeJira: number; readonly acmeConfluence: number; readonly betaJira: number; readonly otherJira: number };
  readonly evidenceThrough: CivilDate;
  readonly historyFrom: CivilDate;
  readonly accounts: readonly SeededAccount[];
}

const names = ['Ada Müller', 'ada müller', '佐藤 花子', '佐藤 太郎', '🦊 Fox', '🦊 Fox', 'Zoë', 'عبد الله', 'O\'Brien, Pat', '=cmd()', null];
const statuses = ['active', 'active', 'active', 'active', 'suspended', 'deactivated', 'invited'];
let made = 0;

/** Writes a workspace with two sources and `count` accounts, everything in it by SQL. */
export async function seedInventory(db: Kysely<Database>, options: { readonly count: number; readonly seed: number; readonly history?: boolean }): Promise<Seeded> {
  const pick = random(options.seed);
  made += 1;
  const { id: workspaceId } = await one<{ id: number }>(db, sql`insert into workspace (key, name) values (gen_random_uuid(), ${`W${made}`}) returning id`);
  const historyFrom = options.history === true ? day('2026-01-01') : day('2026-11-01');
  const org = await place(db, workspaceId, 'atlassian-org', historyFrom);
  const other = await place(db, workspaceId, 'csv', historyFrom);
  const resource = async (realmId: number, app: string, site: string) =>
    (await one<{ id: number }>(db, sql`insert into resource (workspace_id, realm_id, vendor_id, app, site) values (${workspaceId}, ${realmId}, ${`${app}/${site}`}, ${app}, ${site}) returning id`)).id;
  const resources = {
    acmeJira: await resource(org.realmId, 'jira', 'acme'),
    acmeConfluence: await resource(org.realmId, 'confluence', 'acme'),
    betaJira: await resource(org.realmId, 'jira', 'beta'),
    otherJira: await resource(other.realmId, 'jira', 'other'),
  };
  const accounts: SeededAccount[] = [];
  for (let n = 0; n < options.count; n += 1) {
    const inOther = pick(4) === 0;
    const realm = inOther ? other : org;
    const offered = inOther ? [resources.otherJira] : [resources.acmeJira, resources.acmeConfluence, resources.betaJira];
    accounts.push(await writeAccount(db, pick, { n, workspaceId, ...realm, offered }));
  }
  await db.transaction().execute(async (trx) => {
    await rollUpUsage(trx, workspaceId, org.realmId);
    await rollUpUsage(trx, workspaceId, other.realmId);
  });
  return { workspaceId, scope: systemScope(workspaceId, new Set(permissions)), sourceIds: { org: org.sourceId, other: other.sourceId }, resources, evidenceThrough: today, historyFrom, accounts };
}

async function place(db: Kysely<Database>, workspaceId: number, kind: string, historyFrom: CivilDate) {
  const { id: realmId } = await one<{ id: number }>(db, sql`insert into realm (workspace_id, kind, vendor_id, name) values (${workspaceId}, ${kind}, ${kind}, ${kind}) returning id`);
  const { id: sourceId } = await one<{ id: string }>(db, sql`
    insert into source (id, workspace_id, realm_id, kind, name, last_full_read_at, history_from) values (gen_random_uuid(), ${workspaceId}, ${realmId}, ${kind}, ${`Source ${kind}`}, ${now}, ${historyFrom}) returning id`);
  const { id: evidenceId } = await one<{ id: number }>(db, sql`insert into evidence (workspace_id, source_id, kind, known_through, read_at) values (${workspaceId}, ${sourceId}, 'orgSearch', ${today}, ${now}) returning id`);
  return { realmId, sourceId, evidenceId };
}

interface Place {
  readonly n: number;
  readonly workspaceId: number;
  readonly realmId: number;
  readonly evidenceId: number;
  readonly offered: readonly number[];
}

async function writeAccount(db: Kysely<Database>, pick: (below: number) => number, at: Place): Promise<SeededAccount> {
  const name = names[pick(names.length)] ?? null;
  const email = pick(5) === 0 ? null : `p${pick(60)}@${['acme.example', 'contractor.example'][pick(2)] ?? ''}`;
  const status = statuses[pick(statuses.length)] ?? 'active';
  const addedOn = pick(3) === 0 ? null : addDays(today, -pick(12) * 50);
  const { id } = await one<{ id: number }>(db, sql`
    insert into account (workspace_id, realm_id, vendor_id, account_type, status, claim, name, email, email_domain, added_on, sort_name, sort_email, search_text)
    values (${at.workspaceId}, ${at.realmId}, ${`v-${at.n}`}, 'atlassian', ${status}, ${pick(2) === 0 ? 'managed' : 'unmanaged'}, ${name}::text, ${email}::text, ${email?.split('@')[1] ?? null}::text, ${addedOn}::date,
      lower(coalesce(${name}::text, ${email}::text, ${`v-${at.n}`})), lower(coalesce(${email}::text, '')), lower(concat_ws(' ', ${name}::text, ${email}::text, ${`v-${at.n}`}::text)))
    returning id`);
  const accesses: SeededAccess[] = [];
  for (const resourceId of at.offered) if (pick(3) > 0) accesses.push(await writeAccess(db, pick, { ...at, accountId: id, resourceId }));
  return { id, name, email, status, addedOn, accesses };
}

async function writeAccess(db: Kysely<Database>, pick: (below: number) => number, at: Place & { readonly accountId: number; readonly resourceId: number }): Promise<SeededAccess> {
  const holding = (['has', 'has', 'has', 'has', 'none', 'unknown'] as const)[pick(6)] ?? 'has';
  const lastKind = (['at', 'at', 'at', 'never', 'unknown'] as const)[pick(5)] ?? 'at';
  const lastOn = lastKind === 'at' ? addDays(today, -pick(10) * 25) : null;
  const own = pick(6) === 0 ? addDays(today, -40) : null;
  const clockOn = pick(8) === 0 ? addDays(today, -pick(100)) : null;
  const { id } = await one<{ id: number }>(db, sql`
    insert into access (workspace_id, account_id, resource_id, holding, last_kind, last_on, unknown_why, evidence_id, known_through, clock_on)
    values (${at.workspaceId}, ${at.accountId}, ${at.resourceId}, ${holding}, ${lastKind}, ${lastOn}::date, ${lastKind === 'unknown' ? 'notGiven' : null}::text, ${at.evidenceId}, ${own}::date, ${clockOn}::date) returning id`);
  const days = lastOn === null ? [] : [...new Set([lastOn, ...Array.from({ length: pick(4) }, () => addDays(lastOn, -pick(30)))])].filter((one) => one <= lastOn);
  for (const active of days) {
    await sql`
      insert into activity_month (workspace_id, access_id, month, days) values (${at.workspaceId}, ${id}, date_trunc('month', ${active}::date)::date, 1 << (extract(day from ${active}::date)::int - 1))
      on conflict (access_id, month) do update set days = activity_month.days | excluded.days`.execute(db);
  }
  return { resourceId: at.resourceId, holding, lastKind, lastOn, knownThrough: own ?? today, clockOn, days };
}

async function one<T>(db: Kysely<Database>, statement: ReturnType<typeof sql>): Promise<T> {
  const { rows } = await statement.execute(db);
  return rows[0] as T;
}
