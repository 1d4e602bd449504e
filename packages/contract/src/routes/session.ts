import { defineRoute } from '../kit/route.ts';
import { permissions, roles } from '../kit/permissions.ts';
import { instant, nothing, sentence, uuid } from '../kit/shapes.ts';
import { z } from 'zod';

export const pauseState = z.object({ at: instant, by: z.string(), reason: z.string() }).nullable();

export const me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  kind: z.enum(['person', 'token', 'local']),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  /** Null: all sources, all sites. */
  sourceIds: z.array(uuid).nullable(),
  sites: z.array(z.string()).nullable(),
  workspace: z.object({ key: uuid, name: z.string() }),
  workspaces: z.number().int(),
  paused: pauseState,
  version: z.string(),
});

export const caps = z.object({
  /** At most this many people in one plan that takes something away. */
  people: z.number().int().min(1).max(10_000_000),
  /** At most this share, in percent, of the active accounts of the source. */
  percent: z.number().min(0.1).max(100),
});

export const settings = z.object({
  caps,
  /** A plan that rests on inactivity needs a period of at least this many elapsed days. */
  minimumPeriodDays: z.number().int().min(1).max(3_650),
  /** Hours after which a source's last full reading is stale, unless the source says otherwise. */
  freshnessHours: z.number().int().min(1).max(8_760),
  lowUsageDays: z.number().int().min(1).max(31),
  planExpiryHours: z.number().int().min(1).max(8_760),
  /** From this many people on, the number is typed back before a plan is applied. */
  typeBackFrom: z.number().int().min(1),
  /** True: only approvers and administrators apply plans. */
  approverApplies: z.boolean(),
  /** A run stops itself when this share, in percent, of the last so many people failed. */
  breaker: z.object({ people: z.number().int().min(2).max(1_000), percent: z.number().int().min(1).max(100) }),
  /** A plan that rests on inactivity is refused when the last activity of more than this share, in percent, of the source's app accesses is unknown. */
  mostUnknownPercent: z.number().int().min(1).max(100),
  workspaceName: z.string().min(1).max(100),
});

export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  sourceIds: z.array(uuid).nullable(),
  sites: z.array(z.string()).nullable(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  twoFactor: z.boolean(),
  /** True: invited, and has not joined yet. */
  invited: z.boolean(),
  /** When the link of an invitation ends (or ended); null for who has joined. */
  invitationEndsAt: instant.nullable(),
});
const access = { role: z.enum(roles), sourceIds: z.array(uuid).nullable().default(null), sites: z.array(z.string()).nullable().default(null) };
/** Without defaults: what is left out stays as it is, or a change of the role would open everything. */
const accessChange = z.object({ role: z.enum(roles), sourceIds: z.array(uuid).nullable(), sites: z.array(z.string()).nullable() }).partial();

export const apiToken = z.object({
  id: uuid,
  name: z.string(),
  owner: z.string(),
  scopes: z.array(z.enum(permissions)),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});

export const sourceHealth = z.object({
  sourceId: uuid,
  name: z.string(),
  kind: z.string(),
  state: z.enum(['new', 'syncing', 'ready', 'stale', 'failing', 'held']),
  accounts: z.number().int(),
  lastFullReadAt: instant.nullable(),
  keyExpiresOn: z.string().nullable(),
  keyDaysLeft: z.number().int().nullable(),
  /** Whole hours since the last full reading, and after how many it is stale. */
  ageHours: z.number().int().nullable(),
  staleAfterHours: z.number().int(),
  /** App accesses that are held or may be, and of how many of them the last activity is unknown. */
  accesses: z.number().int(),
  unknownAccesses: z.number().int(),
  /** The last sync that failed, however many went well since. */
  lastError: z.object({ at: instant, problem: sentence }).nullable(),
  /** What is left of the requests of the last minute (window), by endpoint group; while a group cools down nothing is. Empty before the first request. */
  rates: z.array(z.object({ group: z.string(), allowed: z.number().int(), left: z.number().int(), windowSeconds: z.number().int(), coolsUntil: instant.nullable() })),
  warnings: z.array(sentence),
});

/** Signing in with a password, signing out and two-factor are better-auth's own routes below /api/auth. */
export const sessionRoutes = {
  me: defineRoute({ method: 'GET', path: '/me', summary: 'Who is asking, and what they may do', access: 'signedIn', answers: 'json', status: 200, response: me }),
  firstAdministrator: defineRoute({
    method: 'POST', path: '/setup', summary: 'Make the first administrator', description: 'Works once, with the one-time link printed at the first start.', access: 'open',
    body: z.object({ token: z.string().min(20).max(200), name: z.string().trim().min(1).max(200), email: z.email(), password: z.string().min(12).max(200) }),
    answers: 'json', status: 201, response: z.object({ id: z.string() }),
  }),
  acceptInvitation: defineRoute({
    method: 'POST', path: '/invitations/accept', summary: 'Accept an invitation and choose a password', access: 'open',
    body: z.object({ token: z.string().min(20).max(200), name: z.string().trim().min(1).max(200), password: z.string().min(12).max(200) }),
    answers: 'json', status: 201, response: z.object({ id: z.string(), email: z.string() }),
  }),
  people: defineRoute({ method: 'GET', path: '/people', summary: 'People who may sign in', access: 'administer', answers: 'json', status: 200, response: z.object({ items: z.array(person) }) }),
  invite: defineRoute({
    method: 'POST', path: '/people', summary: 'Invite a person', description: 'Answers the one-time link to hand over; it works for seven days.', access: 'administer',
    body: z.object({ email: z.email(), name: z.string().trim().min(1).max(200), ...access }), answers: 'json', status: 201,
    response: z.object({ id: z.string(), link: z.string() }),
  }),
  changePerson: defineRoute({
    method: 'PATCH', path: '/people/:personId', summary: "Change a person's role and limits", description: 'Also those of an open invitation. What is left out stays as it is; null takes a limit away.', access: 'administer', params: z.object({ personId: uuid }),
    body: accessChange, answers: 'json', status: 200, response: person,
  }),
  removePerson: defineRoute({
    method: 'DELETE', path: '/people/:personId', summary: 'Take away a person’s right to sign in', access: 'administer', params: z.object({ personId: uuid }),
    answers: 'nothing', status: 204, response: nothing,
  }),
  tokens: defineRoute({ method: 'GET', path: '/tokens', summary: 'API tokens', description: 'Your own; administrators see all.', access: 'signedIn', answers: 'json', status: 200, response: z.object({ items: z.array(apiToken) }) }),
  createToken: defineRoute({
    method: 'POST', path: '/tokens', summary: 'Make an API token', description: 'The secret is in this answer and nowhere else.', access: 'signedIn',
    body: z.object({ name: z.string().trim().min(1).max(100), scopes: z.array(z.enum(permissions)).min(1), expiresInDays: z.number().int().min(1).max(3_650).nullable().default(90) }),
    answers: 'json', status: 201, response: apiToken.extend({ secret: z.string() }),
  }),
  revokeToken: defineRoute({ method: 'DELETE', path: '/tokens/:tokenId', summary: 'Revoke an API token', access: 'signedIn', params: z.object({ tokenId: uuid }), answers: 'nothing', status: 204, response: nothing }),
  settings: defineRoute({ method: 'GET', path: '/settings', summary: 'Settings of the workspace', access: 'read', answers: 'json', status: 200, response: settings }),
  changeSettings: defineRoute({ method: 'PATCH', path: '/settings', summary: 'Change settings', access: 'administer', body: settings.partial(), answers: 'json', status: 200, response: settings }),
  pause: defineRoute({
    method: 'POST', path: '/pause', summary: 'Pause everything', description: 'Every run stops between two people and no schedule starts, until somebody resumes.', access: 'apply',
    body: z.object({ reason: z.string().trim().min(1).max(500) }), answers: 'json', status: 200, response: z.object({ paused: pauseState }),
  }),
  resume: defineRoute({ method: 'POST', path: '/resume', summary: 'Resume after a pause of everything', access: 'approve', answers: 'json', status: 200, response: z.object({ paused: pauseState }) }),
  home: defineRoute({
    method: 'GET', path: '/home', summary: 'What Home shows', access: 'read', answers: 'json', status: 200,
    response: z.object({
      paused: pauseState,
      sources: z.array(sourceHealth),
      accounts: z.number().int(),
      apps: z.array(z.object({ app: z.string(), title: z.string(), holders: z.number().int(), active: z.number().int(), inactive: z.number().int(), never: z.number().int(), unknown: z.number().int() })),
      period: z.object({ text: z.string(), from: z.string(), to: z.string() }),
      openRuns: z.array(z.object({ runId: uuid, action: z.string(), sourceName: z.string(), state: z.string(), done: z.number().int(), total: z.number().int() })),
      recentPlans: z.array(z.object({ planId: uuid, action: z.string(), sourceName: z.string(), state: z.string(), act: z.number().int(), createdAt: instant })),
      gettingStarted: z.array(z.object({ step: z.enum(['addSource', 'sync', 'lookAtInventory', 'addExemptions', 'makePlan', 'applyPlan']), done: z.boolean() })),
    }),
  }),
};
