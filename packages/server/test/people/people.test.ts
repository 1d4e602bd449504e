import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditHandlers } from '../../src/features/audit/index.ts';
import { pauseHandlers } from '../../src/features/pause/index.ts';
import { actorNames, makeSetupToken, peopleHandlers } from '../../src/features/people/index.ts';
import { settingsHandlers } from '../../src/features/settings/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { itemsOf, localToken, startTestHttp } from '../support/http-server.ts';
import type { CallOptions, TestHttpServer } from '../support/http-server.ts';

const password = 'correct horse battery staple';
let database: TestDatabase;
let server: TestHttpServer;
let administrator: { personId: string; bearer: string };
beforeAll(async () => {
  database = await testDatabase();
  server = await startTestHttp(database, { handlers: (deps) => [...peopleHandlers(deps), ...settingsHandlers(deps), ...pauseHandlers(deps, () => Promise.resolve()), ...auditHandlers(deps, actorNames)] });
});
beforeEach(async () => {
  await database.db.deleteFrom('sign_in_rate').execute();
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const api = (method: string, path: string, options: CallOptions = {}) => server.call(method, `/api/v1${path}`, options);
const cookiesOf = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
const signIn = (email: string, withPassword = password) => server.call('POST', '/api/auth/sign-in/email', { body: { email, password: withPassword } });
const kinds = async () => (await database.db.selectFrom('audit_event').select('kind').where('workspace_id', '=', server.workspaceId).orderBy('seq').execute()).map(({ kind }) => kind);

async function makeSource(workspaceId: number, name: string): Promise<string> {
  const realm = await database.db.insertInto('realm').values({ workspace_id: workspaceId, kind: 'csv', vendor_id: name, name }).returning('id').executeTakeFirstOrThrow();
  const id = server.deps.newId();
  await database.db.insertInto('source').values({ id, workspace_id: workspaceId, realm_id: realm.id, kind: 'csv', name }).execute();
  return id;
}

describe('the first administrator', () => {
  it('is made by the latest link alone, once', async () => {
    const old = await makeSetupToken(server.deps, server.workspaceId);
    const latest = await makeSetupToken(server.deps, server.workspaceId);
    const ask = (token: string | null) => api('POST', '/setup', { body: { token, name: 'Ada', email: 'Ada@Example.com', password } });
    expect((await ask(old)).status).toBe(403);
    const two = await Promise.all([ask(latest), ask(latest)]);
    expect(two.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 403]);
    expect((await ask(latest)).status).toBe(403);
    expect(await makeSetupToken(server.deps, server.workspaceId)).toBeNull();
    expect(await kinds()).toEqual(['person.firstAdministrator']);
    const stored = await database.db.selectFrom('person').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(password);
  });
});

describe('signing in', () => {
  it('works with the password, whatever the case of the e-mail, and is recorded', async () => {
    const answer = await signIn('ADA@example.com');
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/u);
    const me = await api('GET', '/me', { headers: { cookie: cookiesOf(answer.headers) } });
    expect(me.body).toMatchObject({ name: 'Ada', email: 'ada@example.com', kind: 'person', role: 'administrator', workspaces: 1, paused: null });
    expect(await kinds()).toContain('person.signedIn');
    administrator = { personId: me.body.id, bearer: '' };
  });

  it('needs the header of our own pages for writes by cookie', async () => {
    const cookie = cookiesOf((await signIn('ada@example.com')).headers);
    const body = { name: 'mine', scopes: ['read', 'plan', 'administer', 'audit', 'apply', 'approve'] };
    expect((await api('POST', '/tokens', { headers: { cookie }, body })).status).toBe(403);
    expect((await api('POST', '/tokens', { headers: { cookie, 'x-rollcall-csrf': '1', origin: 'https://evil.example.com' }, body })).status).toBe(403);
    const made = await api('POST', '/tokens', { headers: { cookie, 'x-rollcall-csrf': '1', origin: server.url, 'sec-fetch-site': 'same-origin' }, body });
    expect(made.status).toBe(201);
    administrator = { ...administrator, bearer: made.body.secret };
  });

  it('ends with signing out', async () => {
    const cookie = cookiesOf((await signIn('ada@example.com')).headers);
    expect((await server.call('POST', '/api/auth/sign-out', { headers: { cookie }, body: {} })).status).toBe(200);
    expect((await api('GET', '/me', { headers: { cookie } })).status).toBe(401);
  });

  it('is closed to strangers: no sign-up, no reset, no other door', async () => {
    for (const path of ['sign-up/email', 'request-password-reset', 'sign-in/social', 'update-user', 'delete-user', 'change-email', 'link-social']) {
      const answer = await server.call('POST', `/api/auth/${path}`, { body: { email: 'eve@example.com', password, name: 'Eve' } });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(await database.db.selectFrom('person').select('id').where('email', '=', 'eve@example.com').execute()).toEqual([]);
  });

  it('is slowed down for who guesses', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await signIn('ada@example.com', `guess number ${attempt}`)).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.at(-1)).toBe(429);
    // A name for the address that the client makes up does not help.
    const answer = await server.call('POST', '/api/auth/sign-in/email', { body: { email: 'ada@example.com', password }, headers: { 'x-forwarded-for': '10.9.8.7', 'x-rollcall-client-address': '10.9.8.7' } });
    expect(answer.status).toBe(429);
  });
});

describe('two-factor sign-in', () => {
  it('asks for the code once it is set up, and takes no wrong one', async () => {
    const { bearer } = administrator;
    const invited = await api('POST', '/people', { bearer, body: { email: 'totp@example.com', name: 'T', role: 'viewer' } });
    await api('POST', '/invitations/accept', { body: { token: new URL(invited.body.link).searchParams.get('token'), name: 'T', password } });
    const cookie = cookiesOf((await signIn('totp@example.com')).headers);
    const begun = await server.call('POST', '/api/auth/two-factor/enable', { headers: { cookie }, body: { password } });
    const key = new URL(begun.body.totpURI).searchParams.get('secret') ?? '';
    const confirmed = await server.call('POST', '/api/auth/two-factor/verify-totp', { headers: { cookie }, body: { code: totp(key) } });
    expect(confirmed.status).toBe(200);

    const first = await signIn('totp@example.com');
    expect(first.body).toMatchObject({ twoFactorRedirect: true });
    const half = cookiesOf(first.headers);
    expect((await api('GET', '/me', { headers: { cookie: half } })).status).toBe(401);
    const wrong = await server.call('POST', '/api/auth/two-factor/verify-totp', { headers: { cookie: half }, body: { code: totp(key) === '000000' ? '111111' : '000000' } });
    expect(wrong.status).toBe(401);
    const whole = await server.call('POST', '/api/auth/two-factor/verify-totp', { headers: { cookie: half }, body: { code: totp(key) } });
    expect(whole.status).toBe(200);
    expect((await api('GET', '/me', { headers: { cookie: cookiesOf(whole.headers) } })).body.email).toBe('totp@example.com');
    const stored = await database.db.selectFrom('person_two_factor').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(key);
    expect(itemsOf<{ email: string; twoFactor: boolean }>(await api('GET', '/people', { bearer })).find((one) => one.email === 'totp@example.com')?.twoFactor).toBe(true);
  });
});

describe('people', () => {
  it('come by a link that works once and for seven days', async () => {
    const { bearer } = administrator;
    const link = async (email: string) => new URL((await api('POST', '/people', { bearer, body: { email, name: 'Bob', role: 'operator' } })).body.link).searchParams.get('token');
    const accept = (token: string | null) => api('POST', '/invitations/accept', { body: { token, name: 'Bob', password } });
    const replaced = await link('bob@example.com');
    const token = await link('Bob@example.com');
    expect((await accept(replaced)).status).toBe(403);
    const [one, two] = await Promise.all([accept(token), accept(token)]);
    expect([one?.status ?? 0, two?.status ?? 0].toSorted((a, b) => a - b)).toEqual([201, 403]);
    expect((await signIn('bob@example.com')).status).toBe(200);
    expect((await api('POST', '/people', { bearer, body: { email: 'bob@example.com', name: 'Bob', role: 'viewer' } })).body.code).toBe('conflict');
    const late = await link('late@example.com');
    await database.db.updateTable('invitation').set({ expires_at: new Date(Date.now() - 1) }).where('email', '=', 'late@example.com').execute();
    expect((await accept(late)).status).toBe(403);
  });

  it('have role and limits changed before they come; what is left out stays', async () => {
    const { bearer } = administrator;
    const only = await makeSource(server.workspaceId, 'only');
    const invited = await api('POST', '/people', { bearer, body: { email: 'early@example.com', name: 'Early', role: 'viewer', sourceIds: [only] } });
    const path = `/people/${invited.body.id}`;
    expect((await api('PATCH', path, { bearer, body: { role: 'operator' } })).body).toMatchObject({ invited: true, role: 'operator', sourceIds: [only], sites: null });
    expect((await api('PATCH', path, { bearer, body: { sites: ['acme'] } })).body).toMatchObject({ role: 'operator', sourceIds: [only], sites: ['acme'], invitationEndsAt: expect.any(String) });
    const elsewhere = await server.makePerson({ role: 'administrator', sites: ['acme-labs'] });
    expect((await api('PATCH', path, { bearer: elsewhere.bearer, body: { role: 'administrator' } })).status).toBe(404);
    const joined = await api('POST', '/invitations/accept', { body: { token: new URL(invited.body.link).searchParams.get('token'), name: 'Early', password } });
    const listed = itemsOf<{ id: string }>(await api('GET', '/people', { bearer })).find((one) => one.id === joined.body.id);
    expect(listed).toMatchObject({ role: 'operator', sourceIds: [only], sites: ['acme'], invited: false, invitationEndsAt: null });
    expect((await api('PATCH', `/people/${joined.body.id}`, { bearer, body: { role: 'approver' } })).body).toMatchObject({ role: 'approver', sourceIds: [only], sites: ['acme'] });
    await api('DELETE', `/people/${elsewhere.personId}`, { bearer });
  });

  it('keep a last administrator of the whole workspace', async () => {
    const { bearer, personId } = administrator;
    expect((await api('DELETE', `/people/${personId}`, { bearer })).body.code).toBe('conflict');
    expect((await api('PATCH', `/people/${personId}`, { bearer, body: { role: 'viewer' } })).body.code).toBe('conflict');
    expect((await api('PATCH', `/people/${personId}`, { bearer, body: { sites: ['one'] } })).body.code).toBe('conflict');
    const second = await server.makePerson({ role: 'administrator' });
    const both = await Promise.all([api('DELETE', `/people/${personId}`, { bearer: second.bearer }), api('DELETE', `/people/${second.personId}`, { bearer })]);
    // One of the two is gone: its own request was refused, or came after the loss of its right.
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
    const left = await database.db.selectFrom('role_grant').select('person_id').where('role', '=', 'administrator').where('workspace_id', '=', server.workspaceId).execute();
    expect(left).toHaveLength(1);
    administrator = await server.makePerson({ role: 'administrator' });
  });

  it('lose sessions and tokens at once when they are removed', async () => {
    const bob = itemsOf<{ id: string; email: string }>(await api('GET', '/people', { bearer: administrator.bearer })).find((one) => one.email === 'bob@example.com');
    const cookie = cookiesOf((await signIn('bob@example.com')).headers);
    const token = await api('POST', '/tokens', { headers: { cookie, 'x-rollcall-csrf': '1' }, body: { name: 'bob', scopes: ['read'] } });
    expect((await api('GET', '/me', { bearer: token.body.secret })).body.kind).toBe('token');
    expect((await api('DELETE', `/people/${bob?.id}`, { bearer: administrator.bearer })).status).toBe(204);
    expect((await api('GET', '/me', { bearer: token.body.secret })).status).toBe(401);
    expect((await api('GET', '/me', { headers: { cookie } })).status).toBe(401);
    expect((await signIn('bob@example.com')).status).toBe(401);
  });

  it('give nobody more than they have, and see nobody beyond their limits', async () => {
    const mine = await makeSource(server.workspaceId, 'mine');
    const other = await makeSource(server.workspaceId, 'other');
    const limited = await server.makePerson({ role: 'administrator', sourceIds: [mine] });
    const colleague = await server.makePerson({ role: 'viewer', sourceIds: [other] });
    const invite = (sourceIds: string[] | null) => api('POST', '/people', { bearer: limited.bearer, body: { email: 'x@example.com', name: 'X', role: 'administrator', sourceIds } });
    expect((await invite(null)).status).toBe(403);
    expect((await invite([mine, other])).status).toBe(403);
    expect((await invite([mine])).status).toBe(201);
    expect((await api('PATCH', `/people/${limited.personId}`, { bearer: limited.bearer, body: { role: 'administrator', sourceIds: null } })).status).toBe(403);
    expect((await api('PATCH', `/people/${colleague.personId}`, { bearer: limited.bearer, body: { role: 'viewer', sourceIds: [mine] } })).status).toBe(404);
    expect((await api('DELETE', `/people/${colleague.personId}`, { bearer: limited.bearer })).status).toBe(404);
    const seen = itemsOf<{ id: string }>(await api('GET', '/people', { bearer: limited.bearer })).map((one) => one.id);
    expect(seen).toContain(limited.personId);
    expect(seen).not.toContain(colleague.personId);
    for (const path of ['/audit/export', '/settings']) expect((await api(path === '/settings' ? 'PATCH' : 'GET', path, { bearer: limited.bearer, ...(path === '/settings' ? { body: { lowUsageDays: 5 } } : {}) })).status).toBe(403);
    const events = itemsOf<{ actor: string }>(await api('GET', '/audit', { bearer: limited.bearer }));
    expect(events.filter((event) => event.actor === 'Ada')).toEqual([]);
  });
});

describe('API tokens', () => {
  it('never reach further than who makes them', async () => {
    const operator = await server.makePerson({ role: 'operator' });
    const cookie = await cookieOf(operator.personId);
    const make = (scopes: string[]) => api('POST', '/tokens', { headers: { cookie, 'x-rollcall-csrf': '1' }, body: { name: 't', scopes } });
    const beyond = await make(['read', 'administer']);
    expect([beyond.status, beyond.body.code]).toEqual([403, 'forbidden']);
    const made = await make(['read']);
    expect(made.body.secret).toMatch(/^rct_/u);
    expect((await api('POST', '/tokens', { bearer: made.body.secret, body: { name: 't2', scopes: ['read'] } })).status).toBe(403);
    expect(JSON.stringify(await database.db.selectFrom('api_token').selectAll().execute())).not.toContain(made.body.secret);
    expect(itemsOf<{ name: string }>(await api('GET', '/tokens', { headers: { cookie } })).map((one) => one.name).toSorted()).toEqual(['t', 'test']);
    expect((await api('DELETE', `/tokens/${made.body.id}`, { bearer: (await server.makePerson({ role: 'operator' })).bearer })).status).toBe(404);
    expect((await api('DELETE', `/tokens/${made.body.id}`, { headers: { cookie, 'x-rollcall-csrf': '1' } })).status).toBe(204);
    expect((await api('GET', '/me', { bearer: made.body.secret })).status).toBe(401);
  });

  it('of the local CLI never approve', async () => {
    expect((await api('GET', '/me', { bearer: localToken })).body).toMatchObject({ kind: 'local', role: 'administrator' });
    expect((await api('POST', '/tokens', { bearer: localToken, body: { name: 'ci', scopes: ['approve'] } })).status).toBe(403);
    expect((await api('POST', '/tokens', { bearer: localToken, body: { name: 'ci', scopes: ['read', 'apply'] } })).status).toBe(201);
    expect((await api('GET', '/me', { bearer: `${localToken}x` })).status).toBe(401);
  });
});

describe('walls between workspaces', () => {
  it('hide and protect everything of the other one', async () => {
    const elsewhere = await server.makeWorkspace('Elsewhere');
    const stranger = await server.makePerson({ role: 'administrator', workspaceId: elsewhere });
    await api('POST', '/tokens', { bearer: localToken, body: { name: 'planted', scopes: ['read'] } });
    const planted = await database.db.selectFrom('api_token').select('id').where('name', '=', 'planted').executeTakeFirstOrThrow();
    const { bearer } = stranger;
    expect(itemsOf<{ id: string }>(await api('GET', '/people', { bearer })).map((one) => one.id)).toEqual([stranger.personId]);
    expect((await api('GET', '/tokens', { bearer })).body.items).toHaveLength(1);
    expect((await api('GET', '/audit', { bearer })).body.items).toEqual([]);
    expect((await api('DELETE', `/tokens/${planted.id}`, { bearer })).status).toBe(404);
    expect((await api('DELETE', `/people/${administrator.personId}`, { bearer })).status).toBe(404);
    expect((await api('PATCH', `/people/${administrator.personId}`, { bearer, body: { role: 'viewer' } })).status).toBe(404);
    const source = await makeSource(server.workspaceId, 'planted source');
    expect((await api('POST', '/people', { bearer, body: { email: 'y@example.com', name: 'Y', role: 'viewer', sourceIds: [source] } })).status).toBe(400);
    await api('PATCH', '/settings', { bearer, body: { lowUsageDays: 9 } });
    expect((await api('GET', '/settings', { bearer: administrator.bearer })).body.lowUsageDays).toBe(3);
    await api('POST', '/pause', { bearer, body: { reason: 'elsewhere' } });
    expect((await api('GET', '/me', { bearer: administrator.bearer })).body.paused).toBeNull();
    const cookie = await cookieOf(stranger.personId);
    const { key } = await database.db.selectFrom('workspace').select('key').where('id', '=', server.workspaceId).executeTakeFirstOrThrow();
    expect((await api('GET', '/me', { headers: { cookie, 'x-rollcall-workspace': key } })).status).toBe(401);
  });
});

describe('settings and pause', () => {
  it('change what is given, with an event before and after', async () => {
    const { bearer } = administrator;
    const changed = await api('PATCH', '/settings', { bearer, body: { caps: { people: 50, percent: 5 }, workspaceName: 'ACME' } });
    expect(changed.body).toMatchObject({ caps: { people: 50, percent: 5 }, workspaceName: 'ACME', minimumPeriodDays: 30 });
    const event = (await api('GET', '/audit?kind=settings.changed', { bearer })).body.items[0];
    expect(event.payload).toEqual({ before: { caps: { people: 500, percent: 10 }, workspaceName: 'Main' }, after: { caps: { people: 50, percent: 5 }, workspaceName: 'ACME' } });
    expect((await api('PATCH', '/settings', { bearer, body: { caps: { people: 0, percent: 5 } } })).body.fields[0].path).toBe('caps.people');
  });

  it('pause everything until somebody resumes', async () => {
    const { bearer } = administrator;
    expect((await api('POST', '/pause', { bearer, body: { reason: 'Something looks wrong' } })).body.paused.reason).toBe('Something looks wrong');
    expect((await api('POST', '/pause', { bearer, body: { reason: 'again' } })).body.paused.reason).toBe('Something looks wrong');
    const operator = await server.makePerson({ role: 'operator' });
    expect((await api('POST', '/resume', { bearer: operator.bearer })).status).toBe(403);
    expect((await api('POST', '/resume', { bearer })).body.paused).toBeNull();
    expect((await kinds()).filter((kind) => kind.startsWith('workspace.'))).toEqual(['workspace.paused', 'workspace.resumed']);
  });

  it('keeps secrets and people out of the log', () => {
    expect(server.logLines.join('\n')).not.toMatch(/example\.com|rct_|rci_|rcs_|rcl_|correct horse/u);
  });
});

/** A session for a person made without a password. */
async function cookieOf(personId: string): Promise<string> {
  const token = server.deps.newId();
  await database.db.insertInto('person_session').values({ id: server.deps.newId(), person_id: personId, token, expires_at: new Date(Date.now() + 3_600_000) }).execute();
  const signature = createHmac('sha256', 'a-test-secret-of-more-than-32-characters').update(token).digest('base64');
  return `rollcall.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** RFC 6238 with SHA-1, 30 seconds, 6 digits, written for this test. */
function totp(base32: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(base32, (character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}
