import type { RouteRequest, RouteResult, routes } from '@rollcall/contract';
import { civilDateIn } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { ExemptionTable } from '../../db/schema.ts';
import { recordAudit } from '../audit/index.ts';
import { domainCovers } from './domain-covers.ts';
import { findSubject } from './find-subject.ts';

export type ExemptionDto = RouteResult<typeof routes.exemptions.create>;
type NewExemption = RouteRequest<typeof routes.exemptions.create>['body'];
type Change = RouteRequest<typeof routes.exemptions.change>['body'];
type Row = Selectable<ExemptionTable> & { readonly source_id: string | null };

function visible(db: Kysely<Database>, scope: Scope) {
  return db
    .selectFrom('exemption as e')
    .where('e.workspace_id', '=', scope.workspaceId)
    .selectAll('e')
    .select((eb) => eb.selectFrom('source as s').whereRef('s.realm_id', '=', 'e.realm_id').where('s.removed_at', 'is', null).orderBy('s.attached_to', (order) => order.asc().nullsFirst()).orderBy('s.created_at').limit(1).select('s.id').as('source_id'))
    .$if(scope.sourceIds !== null, (query) => query.where(sql<boolean>`(e.realm_id is null or exists (select 1 from source v where v.realm_id = e.realm_id and v.id = any(${[...(scope.sourceIds ?? [])]}::uuid[])))`));
}

/** Open exemptions, and ended ones when asked for; newest first. */
export async function listExemptions(db: Kysely<Database>, scope: Scope, ended: boolean, now: Date): Promise<ExemptionDto[]> {
  const rows = await visible(db, scope).orderBy('e.created_at', 'desc').execute();
  const all = rows.map((row) => exemptionDto(row, now));
  return ended ? all : all.filter((one) => !one.ended);
}

async function readExemption(db: Kysely<Database>, scope: Scope, id: string, now: Date): Promise<ExemptionDto> {
  const row = await visible(db, scope).where('e.id', '=', id).executeTakeFirst();
  if (row === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such exemption.' });
  return exemptionDto(row, now);
}

function exemptionDto(row: Row, now: Date): ExemptionDto {
  const over = row.ended_at !== null || (row.ends_on !== null && row.ends_on < civilDateIn(now, 'UTC'));
  return {
    id: row.id, kind: row.kind, sourceId: row.source_id, subject: row.subject, label: row.label, canary: row.canary, reason: row.reason, owner: row.owner,
    endsOn: row.ends_on, ended: over, createdBy: row.created_by, createdAt: row.created_at.toISOString(),
  };
}

/** Exempts an account, a group or a domain. What is exempt already is refused, naming what stands. */
export async function createExemption(deps: Dependencies, scope: Scope, order: NewExemption): Promise<ExemptionDto> {
  const now = deps.now();
  const id = deps.newId();
  assertNotPast(order.endsOn, now);
  await deps.db.transaction().execute(async (trx) => {
    const subject = await findSubject(trx, scope, order);
    const open = await openTwin(trx, scope, order.kind, subject);
    if (open !== undefined) throw new RequestProblem({ code: 'conflict', detail: `${subject.label} is exempt already: ${open.reason} (${open.owner}). Change that exemption instead.`, refusal: 'alreadyExempt', data: { label: subject.label, reason: open.reason, owner: open.owner } });
    await trx
      .insertInto('exemption')
      .values({ id, workspace_id: scope.workspaceId, kind: order.kind, realm_id: subject.realmId, subject: subject.vendorId, label: subject.label, canary: order.canary, reason: order.reason, owner: order.owner, ends_on: order.endsOn, created_by: scope.actor.name, created_at: now })
      .execute();
    await recordAudit(trx, scope, { kind: 'exemption.created', subjectKind: order.kind, subjectId: subject.vendorId, payload: { sourceId: order.sourceId, exemptionId: id, label: subject.label, canary: order.canary, reason: order.reason, owner: order.owner, endsOn: order.endsOn } }, now);
  });
  return readExemption(deps.db, scope, id, now);
}

/** The exemption of a domain protects people of every source: who is limited to some does not take it away. */
function assertOwn(scope: Scope, exemption: ExemptionDto): void {
  if (exemption.kind === 'domain') assertUnlimited(scope, 'This exemption holds for the whole workspace');
}

/** An end in the past would leave no trace in anybody's clock. */
function assertNotPast(endsOn: string | null | undefined, now: Date): void {
  if (endsOn == null || endsOn >= civilDateIn(now, 'UTC')) return;
  throw new RequestProblem({ code: 'badRequest', detail: `${endsOn} lies in the past. To end an exemption now, end it; else give a day from today on.`, refusal: 'endsInPast', data: { day: endsOn } });
}

async function openTwin(trx: Transaction<Database>, scope: Scope, kind: NewExemption['kind'], subject: { realmId: number | null; vendorId: string }) {
  return trx
    .selectFrom('exemption')
    .where('workspace_id', '=', scope.workspaceId)
    .where('kind', '=', kind)
    .where('subject', '=', subject.vendorId)
    .where('realm_id', 'is not distinct from', subject.realmId)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('ends_on', 'is', null), eb('ends_on', '>=', sql<never>`current_date`)]))
    .select(['reason', 'owner'])
    .executeTakeFirst();
}

export async function changeExemption(deps: Dependencies, scope: Scope, id: string, change: Change): Promise<ExemptionDto> {
  const now = deps.now();
  const before = await readExemption(deps.db, scope, id, now);
  assertOwn(scope, before);
  assertNotPast(change.endsOn, now);
  if (before.ended) throw new RequestProblem({ code: 'conflict', refusal: 'exemptionEnded', detail: 'This exemption has ended. Make a new one.' });
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('exemption')
      .set({
        ...(change.reason === undefined ? {} : { reason: change.reason }), ...(change.owner === undefined ? {} : { owner: change.owner }),
        ...(change.endsOn === undefined ? {} : { ends_on: change.endsOn }), ...(change.canary === undefined ? {} : { canary: change.canary }),
      })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, scope, { kind: 'exemption.changed', subjectKind: before.kind, subjectId: before.subject, payload: { sourceId: before.sourceId, exemptionId: id, before: { reason: before.reason, owner: before.owner, endsOn: before.endsOn, canary: before.canary }, after: change } }, now);
  });
  return readExemption(deps.db, scope, id, now);
}

/** Ends an exemption. The clock of the accounts begins anew: nobody is inactive because of a time in which they were exempt. */
export async function endExemption(deps: Dependencies, scope: Scope, id: string): Promise<void> {
  const now = deps.now();
  const before = await readExemption(deps.db, scope, id, now);
  assertOwn(scope, before);
  if (before.ended) return;
  const today = civilDateIn(now, 'UTC');
  await deps.db.transaction().execute(async (trx) => {
    await trx.updateTable('exemption').set({ ended_at: now }).where('id', '=', id).execute();
    await sql`
      update access x set clock_on = ${today}::date from account a, exemption e
      where e.id = ${id} and a.id = x.account_id and a.workspace_id = e.workspace_id and x.holding <> 'none' and (x.clock_on is null or x.clock_on < ${today}::date)
        and ((e.kind = 'account' and a.realm_id = e.realm_id and a.vendor_id = e.subject) or (e.kind = 'domain' and ${domainCovers(sql`e.subject`, sql`a.email_domain`)})
          or (e.kind = 'group' and exists (select 1 from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id and g.realm_id = e.realm_id and g.vendor_id = e.subject)))`.execute(trx);
    await recordAudit(trx, scope, { kind: 'exemption.ended', subjectKind: before.kind, subjectId: before.subject, payload: { sourceId: before.sourceId, exemptionId: id } }, now);
  });
}
