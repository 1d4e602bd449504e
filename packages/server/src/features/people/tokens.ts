import { permissions as permissionNames } from '@rollcall/contract';
import type { Permission } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import { transaction } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { hashSecret, makeSecret } from './one-time-secret.ts';

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly scopes: Permission[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** Tokens that are not revoked: the asker's own; administrators of the whole workspace see all. */
export async function listTokens(deps: Dependencies, scope: Scope): Promise<TokenView[]> {
  const rows = await deps.db
    .selectFrom('api_token')
    .leftJoin('person', 'person.id', 'api_token.person_id')
    .select(['api_token.id', 'api_token.name', 'api_token.scopes', 'api_token.created_at', 'api_token.expires_at', 'api_token.last_used_at', 'api_token.person_id', 'person.name as owner'])
    .where('api_token.workspace_id', '=', scope.workspaceId)
    .where('api_token.revoked_at', 'is', null)
    .orderBy('api_token.created_at')
    .execute();
  return rows.filter((row) => seesAll(scope) || owns(scope, row)).map((row) => ({
    id: row.id, name: row.name, owner: row.owner ?? 'Rollcall CLI', scopes: row.scopes.filter(isPermission),
    createdAt: row.created_at.toISOString(), expiresAt: row.expires_at?.toISOString() ?? null, lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
}

/** Scopes beyond what the asker may do are refused, not dropped. A token makes no tokens, or revoking it would not end its power. */
export async function createToken(deps: Dependencies, scope: Scope, asked: { name: string; scopes: readonly Permission[]; expiresInDays: number | null }): Promise<TokenView & { secret: string }> {
  if (scope.actor.kind === 'token') throw new RequestProblem({ code: 'forbidden', title: 'Not with a token', detail: 'An API token cannot make other tokens. Sign in as a person, or use the CLI on the server itself.' });
  // The local CLI is never the second approver, so neither is a token it makes.
  const allowed = new Set([...scope.permissions].filter((permission) => scope.actor.kind !== 'local' || permission !== 'approve'));
  const beyond = asked.scopes.filter((permission) => !allowed.has(permission));
  if (beyond.length > 0) throw new RequestProblem({ code: 'forbidden', title: 'Beyond your own role', detail: `You cannot give a token what you may not do yourself: ${beyond.join(', ')}.`, fields: [{ path: 'scopes', message: `Leave out ${beyond.join(', ')}.` }] });
  const secret = makeSecret('rct_');
  const at = deps.now();
  const expiresAt = asked.expiresInDays === null ? null : new Date(at.getTime() + asked.expiresInDays * 86_400_000);
  const id = deps.newId();
  const scopes = [...new Set(asked.scopes)];
  await transaction(deps.pool, async (trx) => {
    await trx.insertInto('api_token').values({ id, workspace_id: scope.workspaceId, person_id: personIdOf(scope), name: asked.name, token_hash: hashSecret(secret), scopes, created_at: at, expires_at: expiresAt }).execute();
    await recordAudit(trx, scope, { kind: 'token.created', subjectKind: 'token', subjectId: id, payload: { name: asked.name, scopes, expiresAt } }, at);
  });
  return { id, name: asked.name, owner: scope.actor.name, scopes, createdAt: at.toISOString(), expiresAt: expiresAt?.toISOString() ?? null, lastUsedAt: null, secret };
}

export async function revokeToken(deps: Dependencies, scope: Scope, tokenId: string): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    const row = await trx.selectFrom('api_token').select(['id', 'person_id']).where('workspace_id', '=', scope.workspaceId).where('id', '=', tokenId).where('revoked_at', 'is', null).forUpdate().executeTakeFirst();
    if (row === undefined || !(seesAll(scope) || owns(scope, row))) throw new RequestProblem({ code: 'notFound', title: 'No such token', detail: 'There is no such token, or it was revoked before.' });
    await trx.updateTable('api_token').set({ revoked_at: deps.now() }).where('id', '=', tokenId).execute();
    await recordAudit(trx, scope, { kind: 'token.revoked', subjectKind: 'token', subjectId: tokenId, payload: {} }, deps.now());
  });
}

function seesAll(scope: Scope): boolean {
  return scope.permissions.has('administer') && scope.sourceIds === null && scope.sites === null;
}

/** A token may see and end itself. */
function owns(scope: Scope, row: { readonly id: string; readonly person_id: string | null }): boolean {
  if (scope.actor.kind === 'token') return scope.actor.id === `token:${row.id}`;
  return scope.actor.kind === 'local' ? row.person_id === null : scope.actor.id === `person:${row.person_id ?? ''}`;
}

function personIdOf(scope: Scope): string | null {
  return scope.actor.kind === 'person' ? scope.actor.id.slice('person:'.length) : null;
}

function isPermission(text: string): text is Permission {
  return (permissionNames as readonly string[]).includes(text);
}
