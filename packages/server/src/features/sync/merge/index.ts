import { buildIndexes, holdIndexes } from '../../../db/index.ts';
import { anyObserved, begunAt } from './merge-context.ts';
import { freshStatistics, roughStatistics } from './fresh-statistics.ts';
import { mergeAccesses } from './merge-accesses.ts';
import { mergeAccounts } from './merge-accounts.ts';
import { mergeGroups } from './merge-groups.ts';
import { mergePlaces } from './merge-places.ts';
import { mergeProtections } from './merge-protections.ts';
import { mergeRoles } from './merge-roles.ts';
import { rollUpUsage } from './roll-up.ts';
import { sql } from 'kysely';
import type { MergeContext, MergeCounts, RealmContext } from './merge-context.ts';

export { mergeAttached } from './merge-attached.ts';
export { holdRealm, keepCounts, mayChangeRealm, noteObserved } from './observed-account.ts';
export { rollUpUnlessTaken, rollUpUsage } from './roll-up.ts';
export type { MergeContext, MergeCounts } from './merge-context.ts';

/** Takes what was staged into the inventory: one transaction, all or nothing. Returns how many rows each part wrote. */
export async function mergeStaged(begun: MergeContext, isAdminRole: (role: string) => boolean): Promise<MergeCounts> {
  const { trx, sync } = begun;
  await sql`select pg_advisory_xact_lock(hashtext('realm'), ${sync.source.realmId})`.execute(trx);
  await roughStatistics(trx, ['staged_account', 'staged_access', 'staged_member']);
  const standing = await trx.selectFrom('account').select('id').where('realm_id', '=', sync.source.realmId).limit(1).executeTakeFirst();
  const context: RealmContext = { ...begun, isEmpty: standing === undefined, someObserved: await anyObserved(begun) };
  if (context.isEmpty) await holdIndexes(trx);
  await mergePlaces(context);
  await roughStatistics(trx, ['resource']);
  const accounts = await mergeAccounts(context);
  await buildIndexes(trx, ['account']);
  await freshStatistics(trx, ['account']);
  const groups = await mergeGroups(context);
  await buildIndexes(trx, ['group_member']);
  await freshStatistics(trx, ['account_group', 'group_grant', 'group_member']);
  const evidence = await makeEvidence(context);
  const accesses = await mergeAccesses(context);
  await buildIndexes(trx, ['access']);
  await mergeRoles(context);
  await mergeProtections(context, isAdminRole);
  await reachEvidence(context, evidence);
  await rollUpUsage(trx, sync.workspaceId, sync.source.realmId);
  return { ...accounts, ...groups, ...accesses };
}

/** Makes a row for each kind of evidence that was read. Returns the kinds. */
async function makeEvidence({ trx, sync }: MergeContext): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`select distinct evidence_kind as kind from staged_access where sync_id = ${sync.id}`.execute(trx);
  const kinds = rows.map(({ kind }) => kind);
  await sql`
    insert into evidence (workspace_id, source_id, kind)
    select ${sync.workspaceId}::integer, ${sync.source.id}::uuid, kind from unnest(${kinds}::text[]) as kind
    on conflict (source_id, kind) do nothing`.execute(trx);
  return kinds;
}

/** What is known ends where the last complete reading ends: at the day on which it was begun. */
async function reachEvidence(context: MergeContext, kinds: readonly string[]): Promise<void> {
  const { trx, sync, today } = context;
  await sql`
    update evidence set known_through = ${today}::date, read_at = ${begunAt(context)} where source_id = ${sync.source.id}
      and kind = any(${[...kinds]}::text[])`.execute(trx);
}
