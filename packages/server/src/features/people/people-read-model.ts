import type { person } from '@rollcall/contract';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { isWithin } from './access.ts';

export type PersonView = z.input<typeof person>;

/** People who may sign in and open invitations, by name. Who is limited sees only people within the same limits, and themselves. */
export async function listPeople(db: Kysely<Database>, scope: Scope): Promise<PersonView[]> {
  const people = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['person.id', 'person.name', 'person.email', 'person.two_factor_enabled', 'role_grant.role', 'role_grant.source_ids', 'role_grant.sites', 'role_grant.created_at', 'role_grant.last_sign_in_at'])
    .where('role_grant.workspace_id', '=', scope.workspaceId)
    .execute();
  const invitations = await db.selectFrom('invitation').select(['id', 'name', 'email', 'role', 'source_ids', 'sites', 'created_at', 'expires_at']).where('workspace_id', '=', scope.workspaceId).execute();
  const all: PersonView[] = [
    ...people.map((row) => ({ ...viewOf(row), lastSignInAt: row.last_sign_in_at?.toISOString() ?? null, twoFactor: row.two_factor_enabled, invited: false, invitationEndsAt: null })),
    ...invitations.map((row) => ({ ...viewOf(row), lastSignInAt: null, twoFactor: false, invited: true, invitationEndsAt: row.expires_at.toISOString() })),
  ];
  return all.filter((one) => isWithin(scope, one) || `person:${one.id}` === scope.actor.id).toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: PersonView['role'];
  readonly source_ids: string[] | null;
  readonly sites: string[] | null;
  readonly created_at: Date;
}

function viewOf(row: Row) {
  return { id: row.id, name: row.name, email: row.email, role: row.role, sourceIds: row.source_ids, sites: row.sites, createdAt: row.created_at.toISOString() };
}

/** Names of actors as they stand in rows and events (`person:…`, `token:…`, `local`, `system`); who is gone has none. */
export async function actorNames(db: Kysely<Database>, workspaceId: number, actorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const idsOf = (kind: string): string[] => [...new Set(actorIds)].flatMap((id) => (id.startsWith(`${kind}:`) ? [id.slice(kind.length + 1)] : []));
  const personIds = idsOf('person');
  const tokenIds = idsOf('token');
  const people = personIds.length === 0 ? [] : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', personIds).execute();
  const tokens = tokenIds.length === 0 ? [] : await db.selectFrom('api_token').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('id', 'in', tokenIds).execute();
  return new Map([
    ['local', 'Rollcall CLI'],
    ['system', 'Rollcall'],
    ...people.map(({ id, name }): [string, string] => [`person:${id}`, name]),
    ...tokens.map(({ id, name }): [string, string] => [`token:${id}`, name]),
  ]);
}
