import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { Access } from './access.ts';

export interface Grant extends Access {
  readonly personId: string;
  readonly name: string;
  readonly workspaceId: number;
}

/** A person's role in the workspace with this key, or in their first one. Null: none. */
export async function readGrant(db: Kysely<Database>, personId: string, workspaceKey: string | null): Promise<Grant | null> {
  const query = db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .innerJoin('workspace', 'workspace.id', 'role_grant.workspace_id')
    .select(['person.name', 'role_grant.workspace_id', 'role_grant.role', 'role_grant.source_ids', 'role_grant.sites', 'workspace.key'])
    .where('role_grant.person_id', '=', personId)
    .orderBy('role_grant.workspace_id');
  const rows = await query.execute();
  const row = workspaceKey === null ? rows[0] : rows.find((one) => one.key === workspaceKey);
  return row === undefined ? null : { personId, name: row.name, workspaceId: row.workspace_id, role: row.role, sourceIds: row.source_ids, sites: row.sites };
}

export interface TokenGrant extends Access {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: number;
  readonly scopes: readonly string[];
  readonly lastUsedAt: Date | null;
}

/** A token that is valid now, with the role its owner has today. Null: unknown, expired, revoked, or its owner lost the right to sign in. */
export async function readToken(db: Kysely<Database>, hash: Buffer, now: Date): Promise<TokenGrant | null> {
  const row = await db
    .selectFrom('api_token')
    .leftJoin('role_grant', (join) => join.onRef('role_grant.workspace_id', '=', 'api_token.workspace_id').onRef('role_grant.person_id', '=', 'api_token.person_id'))
    .select(['api_token.id', 'api_token.name', 'api_token.workspace_id', 'api_token.person_id', 'api_token.scopes', 'api_token.last_used_at', 'role_grant.role', 'role_grant.source_ids', 'role_grant.sites'])
    .where('api_token.token_hash', '=', hash)
    .where('api_token.revoked_at', 'is', null)
    .where((where) => where.or([where('api_token.expires_at', 'is', null), where('api_token.expires_at', '>', now)]))
    .executeTakeFirst();
  if (row === undefined) return null;
  const token = { id: row.id, name: row.name, workspaceId: row.workspace_id, scopes: row.scopes, lastUsedAt: row.last_used_at };
  // Made by the local CLI: an administrator's, less what `createToken` took out of its scopes.
  if (row.person_id === null) return { ...token, role: 'administrator', sourceIds: null, sites: null };
  return row.role === null ? null : { ...token, role: row.role, sourceIds: row.source_ids, sites: row.sites };
}

const touchEveryMs = 60_000;

/** Notes the last use, at most once a minute. */
export async function touchToken(db: Kysely<Database>, token: TokenGrant, now: Date): Promise<void> {
  if (token.lastUsedAt !== null && now.getTime() - token.lastUsedAt.getTime() < touchEveryMs) return;
  await db.updateTable('api_token').set({ last_used_at: now }).where('id', '=', token.id).execute();
}

/** The workspace with this key, or the first one. */
export async function workspaceByKey(db: Kysely<Database>, key: string | null): Promise<number | null> {
  const { rows } = await sql<{ id: number; key: string }>`${keptPlan} select id, key from workspace order by id`.execute(db);
  return (key === null ? rows[0] : rows.find((one) => one.key === key))?.id ?? null;
}
