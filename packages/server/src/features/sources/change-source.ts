import { apiKeyField } from '../vendor/index.ts';
import { assertUsable } from './test-key.ts';
import { emptyToNull, nextSync } from './create-source.ts';
import { nameTaken } from './name-taken.ts';
import { noSuchSource, visibleSource } from '../sync/index.ts';
import { recordAudit } from '../audit/index.ts';
import { RequestProblem } from '../../app/problem.ts';
import { sql } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { CapabilityReport } from '@rollcall/connectors/kit';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { SourceDependencies } from './source-dependencies.ts';

type Change = RouteRequest<typeof routes.sources.change>['body'];

export interface StoredSource {
  readonly id: string;
  readonly kind: 'atlassian-org' | 'csv';
  readonly realm_id: number;
  readonly settings: object;
  readonly time_zone: string;
  readonly sync_every_minutes: number | null;
}

/** Changes what is given. A new key is tested first and replaces the old one only when it can be used. */
export async function changeSource(deps: SourceDependencies, scope: Scope, sourceId: string, change: Change, signal: AbortSignal): Promise<void> {
  const source = await storedSource(deps.db, scope, sourceId);
  if (source.kind === 'csv' && (change.apiKey !== undefined || typeof change.syncEveryMinutes === 'number')) {
    throw new RequestProblem({ code: 'badRequest', title: 'A file has no key', detail: 'This source is a file: it has neither a key nor a schedule. Upload a newer export to bring it up to date.' });
  }
  const settings = settingsAfter(source.settings, change);
  const report = change.apiKey === undefined ? null : await assertUsable(deps.tryVendor, { kind: 'atlassian-org', settings, timeZone: change.timeZone ?? source.time_zone, key: change.apiKey }, signal);
  const at = deps.now();
  await nameTaken(change.name ?? '', () => transaction(deps.pool, async (trx) => {
    const changed = await trx.updateTable('source').set({ ...columnsOf(change, source, at), settings: JSON.stringify(settings), updated_at: at, ...checked(report, at) }).where('id', '=', sourceId).where('removed_at', 'is', null).executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw noSuchSource();
    if (change.apiKey !== undefined) await deps.secrets.seal(trx, scope, sourceId, apiKeyField, change.apiKey);
    const { apiKey, ...told } = change;
    await recordAudit(trx, scope, { kind: 'source.changed', subjectKind: 'source', subjectId: sourceId, payload: { ...told, newKey: apiKey !== undefined } }, at);
  }));
}

/** The stored source, when the asker may see it. */
export async function storedSource(db: Kysely<Database>, scope: Scope, sourceId: string): Promise<StoredSource> {
  const { rows } = await sql<StoredSource>`
    select s.id, s.kind, s.realm_id, s.settings, s.time_zone, s.sync_every_minutes from source s where s.id = ${sourceId}::uuid and s.removed_at is null and ${visibleSource(scope)}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw noSuchSource();
  return row;
}

export function checked(report: CapabilityReport | null, at: Date) {
  return report === null ? {} : { check_report: JSON.stringify(report), checked_at: at };
}

function settingsAfter(settings: object, { requestsPerMinute }: Change): object {
  if (requestsPerMinute === undefined) return settings;
  const { requestsPerMinute: _old, ...rest } = { requestsPerMinute: null, ...settings };
  return requestsPerMinute === null ? rest : { ...rest, requestsPerMinute };
}

function columnsOf(change: Change, source: StoredSource, at: Date) {
  const { name, timeZone, keyOwner, keyExpiresOn, readOnly, syncEveryMinutes, staleAfterHours } = change;
  return {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(keyOwner === undefined ? {} : { key_owner: emptyToNull(keyOwner) }),
    ...(keyExpiresOn === undefined ? {} : { key_expires_on: keyExpiresOn }),
    ...(readOnly === undefined ? {} : { read_only: readOnly }),
    ...(staleAfterHours === undefined ? {} : { stale_after_hours: staleAfterHours }),
    ...(syncEveryMinutes === undefined || syncEveryMinutes === source.sync_every_minutes ? {} : { sync_every_minutes: syncEveryMinutes, next_sync_at: nextSync(at, syncEveryMinutes) }),
  };
}
