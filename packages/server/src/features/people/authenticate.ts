import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Scope } from '../../app/scope.ts';
import type { Authenticate } from '../../http/authenticate.ts';
import { permissionsOf } from './access.ts';
import { localTokenPrefix } from './local-token.ts';
import { hashSecret } from './one-time-secret.ts';
import { readGrant, readToken, touchToken, workspaceByKey } from './sign-in-read-model.ts';

export interface AuthenticateOptions {
  readonly deps: Dependencies;
  /** Whose session the cookies are of; null when none. */
  readonly sessionOf: (headers: Headers) => Promise<{ readonly personId: string } | null>;
  /** Digest of the local CLI's token, or null where there is none. */
  readonly localTokenHash: Buffer | null;
}

/** Header by which an asker with several workspaces names one, by its key. Left out: the first. */
const workspaceHeader = 'x-rollcall-workspace';

/**
 * Says who asks: by `Authorization: Bearer` (API token or the local CLI's) or by a session's cookie, never by both. A person's
 * role is read anew each time, so that taking it away works at once, for their tokens too.
 */
export function createAuthenticate({ deps, sessionOf, localTokenHash }: AuthenticateOptions): Authenticate {
  return async ({ headers }) => {
    const { authorization } = headers;
    const workspaceKey = headers[workspaceHeader];
    const workspace = typeof workspaceKey === 'string' ? workspaceKey : null;
    if (authorization === undefined) return bySession(deps, await sessionOf(webHeaders(headers)), workspace);
    const secret = /^Bearer\s+(\S+)$/iu.exec(authorization)?.[1];
    if (secret === undefined) return null;
    return secret.startsWith(localTokenPrefix) ? byLocalToken(deps, secret, localTokenHash, workspace) : byToken(deps, secret);
  };
}

async function bySession(deps: Dependencies, session: { readonly personId: string } | null, workspaceKey: string | null): Promise<Scope | null> {
  const grant = session === null ? null : await readGrant(deps.db, session.personId, workspaceKey);
  if (grant === null) return null;
  const { workspaceId, role, sourceIds, sites } = grant;
  return { workspaceId, actor: { id: `person:${grant.personId}`, name: grant.name, kind: 'person' }, role, permissions: permissionsOf(role, null), sourceIds, sites };
}

async function byToken(deps: Dependencies, secret: string): Promise<Scope | null> {
  const now = deps.now();
  const token = await readToken(deps.db, hashSecret(secret), now);
  if (token === null) return null;
  touchToken(deps.db, token, now).catch((error: unknown) => { deps.log.warn({ error, tokenId: token.id }, 'The last use of a token could not be noted'); });
  const { workspaceId, role, sourceIds, sites } = token;
  return { workspaceId, actor: { id: `token:${token.id}`, name: token.name, kind: 'token' }, role, permissions: permissionsOf(role, token.scopes), sourceIds, sites };
}

async function byLocalToken(deps: Dependencies, secret: string, expected: Buffer | null, workspaceKey: string | null): Promise<Scope | null> {
  if (expected === null || !timingSafeEqual(hashSecret(secret), expected)) return null;
  const workspaceId = await workspaceByKey(deps.db, workspaceKey);
  if (workspaceId === null) return null;
  const role = 'administrator';
  return { workspaceId, actor: { id: 'local', name: 'Rollcall CLI', kind: 'local' }, role, permissions: permissionsOf(role, null), sourceIds: null, sites: null };
}

function webHeaders(headers: IncomingHttpHeaders): Headers {
  return new Headers(headers.cookie === undefined ? {} : { cookie: headers.cookie });
}
