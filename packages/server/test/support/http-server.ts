import { permissions } from '@rollcall/contract';
import type { Permission, Role } from '@rollcall/contract';
import type { Dependencies } from '../../src/app/dependencies.ts';
import { createIds } from '../../src/app/new-id.ts';
import { createAuthenticate, createSignIn, hashSecret } from '../../src/features/people/index.ts';
import { createAdmission, createHttpServer, defaultLimitSettings, requestLimits } from '../../src/http/index.ts';
import type { CheckReadiness, Handler, LimitSettings } from '../../src/http/index.ts';
import type { TestDatabase } from './database.ts';

export const localToken = 'rcl_the-local-token-of-this-test-server-0123456789';

export interface TestAccess {
  readonly role: Role;
  readonly sourceIds?: readonly string[];
  readonly sites?: readonly string[];
  /** Scopes of the token; default: all. */
  readonly scopes?: readonly Permission[];
  readonly workspaceId?: number;
}

export interface TestHttpServer {
  readonly url: string;
  readonly deps: Dependencies;
  readonly workspaceId: number;
  readonly logLines: string[];
  /** Makes a person with an API token. */
  makePerson(access: TestAccess): Promise<{ personId: string; tokenId: string; bearer: string }>;
  makeWorkspace(name: string): Promise<number>;
  /** A request with JSON in and out; `bearer` signs it in. */
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly bearer?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null when the answer is not JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- answers under test are read field by field
  readonly body: any;
}

export interface TestHttpOptions {
  readonly handlers: (deps: Dependencies) => readonly Handler[];
  readonly web?: { readonly distFolder: string };
  readonly publicUrl?: string;
  readonly now?: () => Date;
  /** Default: ready. */
  readonly readiness?: CheckReadiness;
  readonly limits?: LimitSettings;
  readonly lag?: { readonly lagMs: () => number };
  readonly stopDelayMs?: number;
}

/** The real HTTP server with the real sign-in on a free loopback port, over a test database with one workspace. */
export async function startTestHttp(database: TestDatabase, options: TestHttpOptions): Promise<TestHttpServer> {
  const logLines: string[] = [];
  const note = (facts: object, message: string): void => void logLines.push(JSON.stringify({ message, ...facts }, (_, value: unknown) => (value instanceof Error ? { message: value.message } : value)));
  const now = options.now ?? (() => new Date());
  const deps: Dependencies = { db: database.db, pool: database.pool, now, newId: createIds(now), log: { info: note, warn: note, error: note } };
  const makeWorkspace = async (name: string): Promise<number> => (await database.db.insertInto('workspace').values({ key: deps.newId(), name }).returning('id').executeTakeFirstOrThrow()).id;
  const workspaceId = await makeWorkspace('Main');
  const { signIn, sessionOf } = createSignIn({ deps, secrets: [{ version: 1, value: 'a-test-secret-of-more-than-32-characters' }], publicUrl: options.publicUrl });
  const http = await createHttpServer({
    handlers: options.handlers(deps),
    authenticate: createAuthenticate({ deps, sessionOf, localTokenHash: hashSecret(localToken) }),
    deps,
    openScope: () => Promise.resolve({ workspaceId, actor: { id: 'nobody', name: 'Nobody', kind: 'system' }, role: 'viewer', permissions: new Set<Permission>(), sourceIds: [], sites: [] }),
    signIn,
    ...(options.web === undefined ? {} : { web: options.web }),
    host: '127.0.0.1',
    publicUrl: options.publicUrl,
    trustedProxies: [],
    readiness: options.readiness ?? (() => Promise.resolve(null)),
    admission: createAdmission(requestLimits(options.limits ?? defaultLimitSettings), options.lag ?? {}),
    stopDelayMs: options.stopDelayMs ?? 0,
  });
  const url = await http.listen(0);
  return { url, deps, workspaceId, logLines, makeWorkspace, makePerson: (access) => makePerson(deps, workspaceId, access), call: (method, path, asked) => call(url, method, path, asked), close: () => http.close() };
}

async function makePerson(deps: Dependencies, workspaceId: number, access: TestAccess): Promise<{ personId: string; tokenId: string; bearer: string }> {
  const personId = deps.newId();
  const tokenId = deps.newId();
  const bearer = `rct_${personId}${tokenId}`;
  const wall = { workspace_id: access.workspaceId ?? workspaceId, person_id: personId };
  await deps.db.insertInto('person').values({ id: personId, name: `Person ${personId.slice(-4)}`, email: `${personId}@example.com` }).execute();
  await deps.db.insertInto('role_grant').values({ ...wall, role: access.role, source_ids: access.sourceIds === undefined ? null : [...access.sourceIds], sites: access.sites === undefined ? null : [...access.sites] }).execute();
  await deps.db.insertInto('api_token').values({ id: tokenId, ...wall, name: 'test', token_hash: hashSecret(bearer), scopes: [...(access.scopes ?? permissions)] }).execute();
  return { personId, tokenId, bearer };
}

/** The rows of a list under test. */
export function itemsOf<T>(answer: TestAnswer): T[] {
  return answer.body.items as T[];
}

async function call(url: string, method: string, path: string, asked: CallOptions = {}): Promise<TestAnswer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(asked.bearer === undefined ? {} : { authorization: `Bearer ${asked.bearer}` }), ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }), ...asked.headers },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    redirect: 'manual',
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
