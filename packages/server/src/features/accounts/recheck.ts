import { VendorError } from '@rollcall/connectors/kit';
import type { Observation } from '@rollcall/connectors/kit';
import { civilDateIn } from '@rollcall/core';
import { sql } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import { recordAudit } from '../audit/index.ts';
import { allowedResources, askInventory } from '../inventory/index.ts';
import { holdRealm } from '../sync/index.ts';
import type { OpenVendor, VendorSource } from '../vendor/index.ts';
import { findAccount } from './find-account.ts';
import { readDetail } from './read-detail.ts';
import type { AccountDetail } from './read-detail.ts';
import { takeObservation } from './take-observation.ts';

export interface RecheckDependencies extends Dependencies {
  readonly openVendor: OpenVendor;
}

/**
 * Reads one account at the vendor now and brings the inventory to what was seen (mission C9). Throws `notFound`, `conflict` for an account that is only known from
 * a file, `keyRefused` and `vendorUnreachable`.
 */
export async function recheckAccount(deps: RecheckDependencies, scope: Scope, accountId: number, signal: AbortSignal): Promise<AccountDetail> {
  const account = await findAccount(deps.db, scope.workspaceId, await allowedResources(deps.db, scope), accountId);
  const source = await sourceOf(deps, scope, account.realmId);
  const vendor = await deps.openVendor(source, 'interactive', signal);
  const now = deps.now();
  const seen = await observe(() => vendor.observe(account.vendorId));
  await deps.db.transaction().execute(async (trx) => {
    await holdRealm(trx, account.realmId);
    const of = { accountId: account.id, workspaceId: scope.workspaceId, realmId: account.realmId, sourceId: source.id, keyOwner: source.keyOwner, today: civilDateIn(now, source.timeZone), now, runId: null };
    await takeObservation(trx, of, seen);
    await recordAudit(trx, scope, { kind: 'account.rechecked', subjectKind: 'account', subjectId: String(account.id), payload: { sourceId: source.id, status: seen.status } }, now);
  });
  return readDetail(deps.db, scope, await askInventory(deps.db, scope, { q: '', period: 'last-3-months' }, now), account.id);
}

/** The source with a key that reports on the realm. */
async function sourceOf({ db }: RecheckDependencies, scope: Scope, realmId: number): Promise<VendorSource & { readonly keyOwner: string | null }> {
  const { rows } = await sql<VendorSource & { keyOwner: string | null }>`
    select s.id, s.workspace_id as "workspaceId", s.kind, s.settings, s.time_zone as "timeZone", s.key_owner as "keyOwner" from source s
    where s.workspace_id = ${scope.workspaceId} and s.realm_id = ${realmId} and s.kind = 'atlassian-org' and s.removed_at is null and s.attached_to is null
      and (${scope.sourceIds}::uuid[] is null or s.id = any(${scope.sourceIds}::uuid[]))
    order by s.created_at limit 1`.execute(db);
  const source = rows[0];
  if (source === undefined) throw new RequestProblem({ code: 'conflict', title: 'No vendor to ask', detail: 'This account is known from a file only, so there is nobody to ask. Upload a newer export instead.' });
  return source;
}

async function observe(ask: () => Promise<Observation>): Promise<Observation> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const refused = error.facts.kind === 'auth' || error.facts.kind === 'scope' || error.facts.kind === 'forbidden';
    throw new RequestProblem(
      refused
        ? { code: 'keyRefused', title: 'The key was refused', detail: 'The vendor refused the key of this source. Test it in Sources and enter a new one if it has expired.' }
        : { code: 'vendorUnreachable', title: 'No answer from the vendor', detail: `The vendor could not be asked: ${error.facts.message} Nothing was changed; try again in a moment.` },
      { cause: error },
    );
  }
}
