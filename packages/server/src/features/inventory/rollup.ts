import { absent, addDays, addMonths, known, startOfMonth, unread } from '@rollcall/core';
import type { AccessCondition, AccountFacts, CivilDate, Condition, Holding, QueriedAccess } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { CompileContext } from '../query/index.ts';

/** Accesses of one app that agree in everything a day count knows, and how many they are (negative for a correction since the last sync). */
export interface RollupGroup {
  readonly access: QueriedAccess;
  readonly status: string;
  readonly accountType: string;
  readonly claim: string;
  readonly accounts: number;
}

interface Row {
  readonly resource_id: number;
  readonly status: string;
  readonly account_type: string;
  readonly claim: string;
  readonly holding: Holding;
  readonly last_kind: 'at' | 'never' | 'unknown';
  readonly last_on: CivilDate | null;
  readonly clock_on: CivilDate | null;
  readonly evidence_id: number | null;
  readonly known_through: CivilDate | null;
  readonly accounts: number;
}

export interface RollupQuestion {
  readonly resourceIds: readonly number[];
  /** Days that stand between two of these (the first one included) are one group, with the earliest of its days or the first of its month. */
  readonly boundaries: readonly CivilDate[];
  /** Only accounts with one of these statuses; null: all. */
  readonly statuses: readonly string[] | null;
}

/**
 * The counts of some apps, made at the end of each sync, run and import, summed between boundaries: a few hundred groups come back, whatever the number of days. Months
 * that hold no boundary are read as months, the others by their days.
 */
export async function readRollup(db: Kysely<Database>, context: CompileContext, question: RollupQuestion): Promise<readonly RollupGroup[]> {
  const boundaries = [...new Set(question.boundaries)].toSorted();
  const cut = [...new Set(boundaries.filter((day) => day !== startOfMonth(day)).map(startOfMonth))];
  const of = sql`workspace_id = ${context.workspaceId}::int and resource_id = any(${[...question.resourceIds]}::int[])
      and ${question.statuses === null ? sql`true` : sql`status = any(${[...question.statuses]}::text[])`}`;
  const whole = (month: string) => sql`(${sql.ref(month)} is null or ${sql.ref(month)} <> all(${cut}::date[]))`;
  const within = (day: string, month: CivilDate) => sql`${sql.ref(day)} >= ${month}::date and ${sql.ref(day)} < ${addMonths(month, 1)}::date`;
  const days = cut.flatMap((month) => [within('last_on', month), within('clock_on', month)]);
  // How many boundaries a day has reached: null where there is none.
  const reached = (day: string) => sql`(${sql.join([sql`0`, ...boundaries.map((bound) => sql`(${sql.ref(day)} >= ${bound}::date)::int`)], sql` + `)})`;
  const { rows } = await sql<Row>`
    ${keptPlan} select resource_id, status, account_type, claim, holding, last_kind, min(last_on) as last_on, min(clock_on) as clock_on, evidence_id, known_through, sum(accounts) as accounts
    from (
      select resource_id, status, account_type, claim, holding, last_kind, last_month as last_on, clock_month as clock_on, evidence_id, known_through, accounts
      from usage_month where ${of} and ${whole('last_month')} and ${whole('clock_month')}
      union all
      select resource_id, status, account_type, claim, holding, last_kind, last_on, clock_on, evidence_id, known_through, accounts
      from usage_day where ${of} and (${days.length === 0 ? sql`false` : sql.join(days, sql` or `)})) d
    group by resource_id, status, account_type, claim, holding, last_kind, ${reached('last_on')}, ${reached('clock_on')}, evidence_id, known_through`.execute(db);
  const resources = new Map(context.resources.map((one) => [one.id, one]));
  const evidence = new Map(context.evidence.map((one) => [one.id, one]));
  return rows.flatMap((row) => {
    const resource = resources.get(row.resource_id);
    const read = row.evidence_id === null ? undefined : evidence.get(row.evidence_id);
    return resource === undefined ? [] : [{ ...row, accountType: row.account_type, access: accessOf(row, resource, read) }];
  });
}

function accessOf(row: Row, resource: CompileContext['resources'][number], read: CompileContext['evidence'][number] | undefined): QueriedAccess {
  return {
    resourceId: row.resource_id,
    app: resource.app,
    site: resource.site,
    siteUrl: resource.siteUrl,
    holding: row.holding,
    lastActive: row.last_kind === 'at' && row.last_on !== null ? { kind: 'at', on: row.last_on, at: null } : row.last_kind === 'never' ? { kind: 'never' } : { kind: 'unknown', why: 'notRead' },
    knownThrough: row.known_through ?? read?.knownThrough ?? null,
    clockStart: row.clock_on,
    historyFrom: read?.historyFrom ?? null,
    activeDays: [],
    grantedOn: null,
  };
}

/** The days at which the class of an access changes. */
export function periodBoundaries({ period }: CompileContext): readonly CivilDate[] {
  return [period.from, addDays(period.to, 1)];
}

/** Does any evidence come from a source whose history reaches back to the beginning of the period? Only then low usage is told from active. */
export function coversSomewhere({ evidence, period }: CompileContext): boolean {
  return evidence.some(({ historyFrom }) => historyFrom !== null && historyFrom <= period.from);
}

/** Can the groups tell the use in the period, low usage apart? Not where somebody was active after its end: what was before stands in the history only. */
export function tellsUsage(groups: readonly RollupGroup[], context: CompileContext): boolean {
  return groups.every(({ access: { lastActive } }) => lastActive.kind !== 'at' || lastActive.on <= context.period.to);
}

const rolledFields = new Set(['status', 'type', 'managed']);

/** Does the condition ask of an account nothing but what the day counts know? */
export function asksRolledFieldsOnly(node: Condition): boolean {
  switch (node.kind) {
    case 'term':
      return rolledFields.has(node.field);
    case 'access':
      return false;
    case 'not':
      return asksRolledFieldsOnly(node.part);
    case 'and':
    case 'or':
      return node.parts.every(asksRolledFieldsOnly);
  }
}

/** The terms of a condition on one access. */
export function accessTerms(node: AccessCondition): readonly Extract<AccessCondition, { kind: 'term' }>[] {
  switch (node.kind) {
    case 'term':
      return [node];
    case 'not':
      return accessTerms(node.part);
    case 'and':
    case 'or':
      return node.parts.flatMap(accessTerms);
  }
}

/** An account of the group as far as {@link asksRolledFieldsOnly} conditions can ask. */
export function accountOf(group: Pick<RollupGroup, 'status' | 'accountType' | 'claim'>): AccountFacts {
  return {
    id: '', name: unread, email: absent, domain: absent, status: group.status, type: group.accountType,
    managed: group.claim === 'unknown' ? unread : known(group.claim === 'managed'),
    roles: [], groups: { items: [], complete: false }, sources: [], added: unread, protected: false, service: false, idp: unread,
    accesses: { items: [], complete: false },
  };
}
