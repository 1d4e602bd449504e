import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { RouteRequest, routes } from '@rollcall/contract';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';

export interface Subject {
  readonly realmId: number | null;
  readonly vendorId: string;
  readonly label: string;
}

type NewExemption = RouteRequest<typeof routes.exemptions.create>['body'];
/** `*.` before it: with all its sub-domains. */
const domainShape = /^(?:\*\.)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/** Finds what a person typed: an account by id or e-mail, a group by id or name, a domain as it stands. None or several are said, not guessed. */
export async function findSubject(trx: Transaction<Database>, scope: Scope, order: NewExemption): Promise<Subject> {
  if (order.kind === 'domain') {
    const domain = order.subject.toLowerCase().replace(/^@/u, '');
    if (!domainShape.test(domain)) throw new RequestProblem({ code: 'badRequest', refusal: 'domainShape', detail: 'Write a domain such as example.com, or *.example.com for it and all its sub-domains.' });
    return { realmId: null, vendorId: domain, label: domain };
  }
  const realmId = await realmOf(trx, scope, order.sourceId);
  const found = order.kind === 'account' ? await accounts(trx, realmId, order.subject) : await groups(trx, realmId, order.subject);
  const [one] = found;
  if (one === undefined) throw new RequestProblem({ code: 'notFound', detail: `There is no such ${order.kind} in this source. Give its id, or ${order.kind === 'account' ? 'the e-mail address' : 'the exact name'}; sync the source if it is new.`, refusal: 'noSuchSubject', data: { kind: order.kind } });
  if (found.length > 1) throw new RequestProblem({ code: 'conflict', detail: `Several ${order.kind}s match. Give the id of the one you mean.`, refusal: 'severalMatch' });
  return { realmId, vendorId: one.vendor_id, label: one.label };
}

async function realmOf(trx: Transaction<Database>, scope: Scope, sourceId: string | null): Promise<number> {
  const row = sourceId === null || (scope.sourceIds !== null && !scope.sourceIds.includes(sourceId)) ? undefined : await trx.selectFrom('source').where('id', '=', sourceId).where('workspace_id', '=', scope.workspaceId).where('removed_at', 'is', null).select('realm_id').executeTakeFirst();
  if (row === undefined) throw new RequestProblem({ code: sourceId === null ? 'badRequest' : 'notFound', refusal: 'sourceMissing', detail: sourceId === null ? 'Say of which source the account or group is.' : 'There is no such source.' });
  return row.realm_id;
}

async function accounts(trx: Transaction<Database>, realmId: number, subject: string) {
  const { rows } = await sql<{ vendor_id: string; label: string }>`
    select vendor_id, coalesce(name, email, vendor_id) as label from account
    where realm_id = ${realmId} and gone_at is null and (vendor_id = ${subject} or sort_email = ${subject.toLowerCase()}) limit 2`.execute(trx);
  return rows;
}

async function groups(trx: Transaction<Database>, realmId: number, subject: string) {
  const { rows } = await sql<{ vendor_id: string; label: string }>`
    select vendor_id, name as label from account_group where realm_id = ${realmId} and gone_at is null and (vendor_id = ${subject} or name = ${subject}) limit 2`.execute(trx);
  return rows;
}
