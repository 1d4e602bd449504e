import { appTitle, judgeUsage } from '@rollcall/core';
import type { QueriedAccess } from '@rollcall/core';
import { givesAccess, takesSeat } from '@rollcall/connectors/atlassian-org';
import type { RouteResult, inventoryRoutes } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { readAccessesOf, readInventoryRows } from '../inventory/index.ts';
import type { AskedInventory } from '../inventory/index.ts';
import { readAccessRows, readDirectories, readGroups, readOtherReadings, readRoles } from './account-facts.ts';
import type { AccessRow, GroupRow, ReadingRow, RoleRow } from './account-facts.ts';
import { readExemptions, readHistory, readObserved } from './account-past.ts';
import { findAccount } from './find-account.ts';
import { usageSentence } from './usage-sentence.ts';

export type AccountDetail = RouteResult<typeof inventoryRoutes.account>;
type AccountAccess = AccountDetail['accesses'][number];

/** Everything about one account that the asker may see. Throws RequestProblem `notFound`. */
export async function readDetail(db: Kysely<Database>, scope: Scope, asked: AskedInventory, accountId: number): Promise<AccountDetail> {
  const { context } = asked;
  const allowed = context.allowedResourceIds;
  const account = await findAccount(db, scope.workspaceId, allowed, accountId);
  const [rows, facts, accesses, readings, groups, roles, directories, exemptions, history, details, observed] = await Promise.all([
    readInventoryRows(db, asked, [account.id]),
    readAccessesOf(db, context, [account.id]),
    readAccessRows(db, account.id, allowed),
    readOtherReadings(db, account.id, allowed),
    readGroups(db, account.id, allowed),
    readRoles(db, account.id, allowed),
    // Directories belong to the whole organisation.
    scope.sites === null ? readDirectories(db, account.id) : [],
    readExemptions(db, scope.workspaceId, account.id, context.asOf, allowed),
    readHistory(db, scope, account.id, allowed),
    readDetails(db, account.id),
    readObserved(db, account.id),
  ]);
  const row = rows[0];
  if (row === undefined) throw new Error('The account went while it was read.');
  const judged = new Map((facts.get(account.id) ?? []).map((one) => [one.resourceId, one]));
  return {
    row,
    details,
    directories,
    accesses: accesses.flatMap((one) => {
      const fact = judged.get(one.resourceId);
      return fact === undefined ? [] : [accessOf(one, fact, readings, { groups, roles }, asked)];
    }),
    groups: groups.map(({ grants, ...group }) => ({ ...group, grants: grants.map((grant) => ({ app: grant.app ?? 'organisation', site: grant.site ?? '', role: grant.role })) })),
    roles: [
      ...row.platformRoles.map((role) => ({ role, on: 'organisation', method: 'platform' })),
      ...roles.map((role) => ({ role: role.role, on: role.app === null ? 'organisation' : `${appTitle(role.app)} on ${role.site ?? ''}`, method: role.method })),
    ],
    exemptions,
    observed: observed === null ? null : { at: observed.at.toISOString(), by: observed.runId === null ? 'recheck' : 'run', runId: history.some(({ runId }) => runId === observed.runId) ? observed.runId : null },
    history: history.map((one) => ({ ...one, at: one.at.toISOString() })),
    period: asked.period,
  };
}

function accessOf(row: AccessRow, facts: QueriedAccess, readings: readonly ReadingRow[], held: Held, { context, period }: AskedInventory): AccountAccess {
  const verdict = judgeUsage(facts, context.period, context.usageRules);
  const title = appTitle(row.app);
  return {
    resourceId: row.resourceId,
    app: row.app,
    title,
    site: row.site,
    holding: row.holding,
    ...verdict,
    sentence: usageSentence({ app: title, site: row.site, facts, verdict, period }),
    lastActive: { kind: row.lastKind, on: row.lastOn, at: row.lastAt?.toISOString() ?? null, why: row.unknownWhy },
    evidence: row.evidenceKind === null ? null : { kind: row.evidenceKind, sourceName: row.evidenceSource ?? '', readAt: row.readAt?.toISOString() ?? null, knownThrough: row.knownThrough },
    otherReadings: readings.filter(({ accessId }) => accessId === row.id).map(({ sourceName, kind, on, knownThrough, readAt }) => ({ sourceName, kind, on, knownThrough, readAt: readAt.toISOString() })),
    grantedOn: row.grantedOn,
    paths: pathsOf(row.resourceId, held),
  };
}

interface Held {
  readonly groups: readonly GroupRow[];
  readonly roles: readonly RoleRow[];
}

/** Every way in which the account comes by the app, groups first. */
function pathsOf(resourceId: number, { groups, roles }: Held): AccountAccess['paths'] {
  const byGroup = groups.flatMap(({ groupId, name, modifiable, grants }) =>
    grants.filter((grant) => grant.resourceId === resourceId && givesAccess(grant.role))
      .map(({ role }) => ({ kind: 'group' as const, role, takesSeat: takesSeat(role), groupId, groupName: name, modifiable })));
  const byRole = roles.filter((role) => role.resourceId === resourceId && givesAccess(role.role))
    .map(({ role, method }) => ({ kind: method, role, takesSeat: takesSeat(role), groupId: null, groupName: null, modifiable: method === 'direct' }));
  return [...byGroup, ...byRole];
}

async function readDetails(db: Kysely<Database>, accountId: number): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ details: Record<string, unknown> }>`select details from account where id = ${accountId}::bigint`.execute(db);
  return rows[0]?.details ?? {};
}
