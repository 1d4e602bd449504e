import { atCommit } from '../../app/commit-points.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import { nameTaken } from '../sources/index.ts';
import { noSuchSource, queueSync, visibleSource } from '../sync/index.ts';
import { readSettings } from '../settings/index.ts';
import { readUploadRow } from './upload-store.ts';
import { recordAudit } from '../audit/index.ts';
import { RequestProblem } from '../../app/problem.ts';
import { sql } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../db/index.ts';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { Transaction } from 'kysely';
import type { UploadDependencies } from './upload-dependencies.ts';

type Take = RouteRequest<typeof routes.uploads.take>['body'];

/** Takes a previewed file: finds or makes its source, and queues the sync that reads it. Returns both ids. */
export async function takeUpload(deps: UploadDependencies, scope: Scope, uploadId: string, body: Take): Promise<{ sourceId: string; syncId: string }> {
  assertUnlimited(scope, 'A file holds all sites of an organisation');
  const upload = await readUploadRow(deps.db, scope, uploadId);
  if (upload.state !== 'ready' && upload.state !== 'taken') throw new RequestProblem({ code: 'conflict', title: 'Not ready', refusal: upload.state === 'refused' ? 'fileRefused' : 'previewNotReady', detail: upload.state === 'refused' ? 'This file was refused: it is no export of Atlassian accounts.' : 'The preview of this file is not ready yet. Wait for it.' });
  const at = deps.now();
  if (body.exportedOn > tomorrowOf(at)) throw new RequestProblem({ code: 'badRequest', title: 'Not yet', detail: 'The day of the export lies in the future. Give the day on which the file was made.', fields: [{ path: 'exportedOn', message: 'Lies in the future' }] });
  const name = body.as.kind === 'newSource' ? body.as.name : '';
  return nameTaken(name, () => atCommit(deps, 'upload.taken', () => transaction(deps.pool, async (trx) => {
    await assertNotTaken(trx, uploadId);
    const sourceId = await sourceFor(deps, trx, scope, body);
    await trx.updateTable('upload').set({ state: 'taken', exported_on: body.exportedOn }).where('id', '=', uploadId).execute();
    const syncId = await queueSync(deps, trx, scope, { sourceId, uploadId });
    await recordAudit(trx, scope, { kind: 'upload.taken', subjectKind: 'source', subjectId: sourceId, payload: { uploadId, fileName: upload.file_name, as: body.as, exportedOn: body.exportedOn } }, at);
    return { sourceId, syncId };
  })));
}

function tomorrowOf(at: Date): string {
  return new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10);
}

/** A file whose taking failed or was cancelled may be taken again. */
async function assertNotTaken(trx: Transaction<Database>, uploadId: string): Promise<void> {
  const taken = await trx.selectFrom('sync').select(['id', 'state']).where('upload_id', '=', uploadId).where('state', 'not in', ['failed', 'cancelled']).executeTakeFirst();
  if (taken !== undefined) throw new RequestProblem({ code: 'conflict', title: 'Already taken', detail: 'This file is taken already. Upload a newer export to bring the source up to date.', data: { syncId: taken.id } });
}

async function sourceFor(deps: UploadDependencies, trx: Transaction<Database>, scope: Scope, { as, exportedOn }: Take): Promise<string> {
  switch (as.kind) {
    case 'newSource':
      return newSource(deps, trx, scope, { name: as.name, timeZone: as.timeZone, attachedTo: null, realmId: null });
    case 'source':
      return earlierSource(trx, scope, as.sourceId, exportedOn);
    case 'attachTo':
      return attachedSource(deps, trx, scope, as.sourceId);
  }
}

interface NewFileSource {
  readonly name: string;
  readonly timeZone: string;
  readonly attachedTo: string | null;
  /** Null: a realm of its own. */
  readonly realmId: number | null;
}

async function newSource(deps: UploadDependencies, trx: Transaction<Database>, scope: Scope, wanted: NewFileSource): Promise<string> {
  const id = deps.newId();
  const at = deps.now();
  const realmId = wanted.realmId ?? (await trx.insertInto('realm').values({ workspace_id: scope.workspaceId, kind: 'csv', vendor_id: id, name: wanted.name }).returning('id').executeTakeFirstOrThrow()).id;
  const { freshnessHours } = await readSettings(trx, scope.workspaceId);
  await trx
    .insertInto('source')
    .values({ id, workspace_id: scope.workspaceId, realm_id: realmId, kind: 'csv', name: wanted.name, time_zone: wanted.timeZone, attached_to: wanted.attachedTo, stale_after_hours: freshnessHours, created_at: at, updated_at: at })
    .execute();
  return id;
}

async function earlierSource(trx: Transaction<Database>, scope: Scope, sourceId: string, exportedOn: CivilDate): Promise<string> {
  const { rows } = await sql<{ kind: string; attached_to: string | null; newest: CivilDate | null }>`
    select s.kind, s.attached_to, (select max(e.known_through) from evidence e where e.source_id = s.id and e.kind = 'csv') as newest
    from source s where s.id = ${sourceId}::uuid and s.removed_at is null and ${visibleSource(scope)} for update`.execute(trx);
  const [source] = rows;
  if (source === undefined) throw noSuchSource();
  if (source.kind !== 'csv' || source.attached_to !== null) throw new RequestProblem({ code: 'badRequest', title: 'Not a file', detail: 'This source is not a file of its own. Attach the export to the organisation instead.' });
  if (source.newest !== null && exportedOn < source.newest) {
    throw new RequestProblem({ code: 'conflict', title: 'Older than what is known', detail: `An export of ${source.newest} was taken already. One of ${exportedOn} would turn the inventory back: people who left would return. Nothing was changed.`, data: { newest: source.newest } });
  }
  return sourceId;
}

/** All files attached to one organisation are one source: what the newest says stands beside what the organisation says. */
async function attachedSource(deps: UploadDependencies, trx: Transaction<Database>, scope: Scope, targetId: string): Promise<string> {
  const { rows } = await sql<{ kind: string; name: string; realm_id: number; time_zone: string }>`
    select s.kind, s.name, s.realm_id, s.time_zone from source s where s.id = ${targetId}::uuid and s.removed_at is null and ${visibleSource(scope)} for update`.execute(trx);
  const [target] = rows;
  if (target === undefined) throw noSuchSource();
  if (target.kind === 'csv') throw new RequestProblem({ code: 'badRequest', title: 'Not an organisation', detail: 'A file is attached to an organisation. Give a file source a newer export instead.' });
  const known = await trx.selectFrom('source').select('id').where('attached_to', '=', targetId).where('removed_at', 'is', null).executeTakeFirst();
  return known?.id ?? newSource(deps, trx, scope, { name: `Files for ${target.name}`.slice(0, 100), timeZone: target.time_zone, attachedTo: targetId, realmId: target.realm_id });
}
