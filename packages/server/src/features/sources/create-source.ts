import { apiKeyField } from '../vendor/index.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import { assertUsable } from './test-key.ts';
import { nameTaken } from './name-taken.ts';
import { readSettings } from '../settings/index.ts';
import { recordAudit } from '../audit/index.ts';
import { RequestProblem } from '../../app/problem.ts';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { SourceDependencies } from './source-dependencies.ts';
import type { Transaction } from 'kysely';

type NewSource = RouteRequest<typeof routes.sources.create>['body'];

/** Checks the key, then stores the source with its sealed key. Throws `keyRefused`, or `conflict` for a name or an organisation that is there already. */
export async function createSource(deps: SourceDependencies, scope: Scope, body: NewSource, signal: AbortSignal): Promise<string> {
  assertUnlimited(scope, 'A source is added for the whole workspace');
  const settings = { baseUrl: body.baseUrl, organisationId: body.organisationId, ...(body.requestsPerMinute === null ? {} : { requestsPerMinute: body.requestsPerMinute }) };
  const report = await assertUsable(deps.tryVendor, { kind: body.kind, settings, timeZone: body.timeZone, key: body.apiKey }, signal);
  const organisationName = report.organisations.find((one) => one.id === body.organisationId)?.name ?? body.name;
  const id = deps.newId();
  const at = deps.now();
  await nameTaken(body.name, () => transaction(deps.pool, async (trx) => {
    const realmId = await realmOf(trx, scope.workspaceId, body.organisationId, organisationName);
    const staleAfterHours = body.staleAfterHours ?? (await readSettings(trx, scope.workspaceId)).freshnessHours;
    await trx
      .insertInto('source')
      .values({
        id, workspace_id: scope.workspaceId, realm_id: realmId, kind: body.kind, name: body.name, settings: JSON.stringify(settings), time_zone: body.timeZone, key_owner: emptyToNull(body.keyOwner),
        key_expires_on: body.keyExpiresOn, read_only: body.readOnly, sync_every_minutes: body.syncEveryMinutes, next_sync_at: nextSync(at, body.syncEveryMinutes), stale_after_hours: staleAfterHours,
        check_report: JSON.stringify(report), checked_at: at, created_at: at, updated_at: at,
      })
      .execute();
    await deps.secrets.seal(trx, scope, id, apiKeyField, body.apiKey);
    const { apiKey: _secret, ...told } = body;
    await recordAudit(trx, scope, { kind: 'source.created', subjectKind: 'source', subjectId: id, payload: { ...told, staleAfterHours } }, at);
  }));
  return id;
}

/** The next sync by the schedule; the first one is begun by hand or comes then. */
export function nextSync(at: Date, everyMinutes: number | null): Date | null {
  return everyMinutes === null ? null : new Date(at.getTime() + everyMinutes * 60_000);
}

export function emptyToNull(text: string | null): string | null {
  return text === '' ? null : text;
}

/** The accounts of an organisation are one realm, however often it is added and removed; two sources would both bring them. */
async function realmOf(trx: Transaction<Database>, workspaceId: number, organisationId: string, name: string): Promise<number> {
  const realm = await trx
    .insertInto('realm')
    .values({ workspace_id: workspaceId, kind: 'atlassian-org', vendor_id: organisationId, name })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'vendor_id']).doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const other = await trx.selectFrom('source').select('name').where('realm_id', '=', realm.id).where('kind', '=', 'atlassian-org').where('removed_at', 'is', null).executeTakeFirst();
  if (other !== undefined) throw new RequestProblem({ code: 'conflict', title: 'Already connected', detail: `This organisation is connected already, as "${other.name}". Change that source instead, for example to give it a new key.` });
  return realm.id;
}
