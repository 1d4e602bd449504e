import { defineRoute } from '../kit/route.ts';
import { civilDateText, instant, nothing, progress, sentence, uuid } from '../kit/shapes.ts';
import { sourceHealth } from './session.ts';
import { z } from 'zod';

export const capabilityReport = z.object({
  usable: z.boolean(),
  capabilities: z.array(z.object({ name: z.string(), state: z.enum(['yes', 'no', 'limited', 'untested']), code: z.string(), message: z.string(), remedy: z.string().nullable() })),
  organisations: z.array(z.object({ id: z.string(), name: z.string() })),
});

const timeZone = z.string().max(64).refine((name) => knownZone(name), { error: 'Not a time zone: write one like Asia/Tokyo, Europe/Vienna or UTC.' });
function knownZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const key = z.string().trim().min(1).max(4_000);
const baseUrl = z.url({ protocol: /^https?$/ });
/** Without defaults: a change that leaves a member out must leave it as it is (zod fills in the defaults of optional members). */
const common = {
  name: z.string().trim().min(1).max(100),
  timeZone,
  /** Account id or e-mail of the person whose key it is: never acted upon. */
  keyOwner: z.string().trim().max(200).nullable(),
  keyExpiresOn: civilDateText.nullable(),
  readOnly: z.boolean(),
  /** Null: only by hand. */
  syncEveryMinutes: z.number().int().min(5).max(43_200).nullable(),
  staleAfterHours: z.number().int().min(1).max(8_760),
  /** At most this many requests a minute to each group of the vendor's addresses. Null: what Rollcall finds careful (600). */
  requestsPerMinute: z.number().int().min(1).max(1_000_000).nullable(),
};
export const newSource = z.object({
  kind: z.literal('atlassian-org'),
  name: common.name,
  timeZone: timeZone.default('UTC'),
  keyOwner: common.keyOwner.default(null),
  keyExpiresOn: common.keyExpiresOn.default(null),
  readOnly: common.readOnly.default(false),
  syncEveryMinutes: common.syncEveryMinutes.default(1_440),
  staleAfterHours: common.staleAfterHours.optional().describe('Left out: freshnessHours of the workspace settings, as it stands now.'),
  requestsPerMinute: common.requestsPerMinute.default(null),
  organisationId: z.string().trim().min(1).max(200),
  baseUrl: baseUrl.default('https://api.atlassian.com'),
  apiKey: key,
});

export const syncState = z.enum(['queued', 'running', 'finalising', 'held', 'done', 'failed', 'cancelled']);
export const sync = z.object({
  id: uuid,
  sourceId: uuid,
  sourceName: z.string(),
  state: syncState,
  requestedBy: z.string(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  progress: progress.nullable(),
  totals: z.record(z.string(), z.number()),
  problem: sentence.nullable(),
});

export const source = z.object({
  id: uuid,
  kind: z.enum(['atlassian-org', 'csv']),
  name: z.string(),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  baseUrl: z.string().nullable(),
  timeZone: z.string(),
  keyOwner: z.string().nullable(),
  keyExpiresOn: z.string().nullable(),
  /** True when a key is stored. The key itself is never answered. */
  hasKey: z.boolean(),
  readOnly: z.boolean(),
  syncEveryMinutes: z.number().int().nullable(),
  nextSyncAt: instant.nullable(),
  staleAfterHours: z.number().int(),
  /** The limit that was set; null: Rollcall's own (600). */
  requestsPerMinute: z.number().int().nullable(),
  checkReport: capabilityReport.nullable(),
  checkedAt: instant.nullable(),
  attachedTo: uuid.nullable(),
  sites: z.array(z.string()),
  apps: z.array(z.object({ resourceId: z.number().int(), app: z.string(), title: z.string(), site: z.string(), seatsUsed: z.number().int().nullable(), seatsLimit: z.number().int().nullable() })),
  health: sourceHealth,
  lastSync: sync.nullable(),
  createdAt: instant,
});

const sourceId = z.object({ sourceId: uuid });
const syncId = z.object({ syncId: uuid });

export const sourceRoutes = {
  list: defineRoute({ method: 'GET', path: '/sources', summary: 'Sources', access: 'read', answers: 'json', status: 200, response: z.object({ items: z.array(source) }) }),
  get: defineRoute({ method: 'GET', path: '/sources/:sourceId', summary: 'One source', access: 'read', params: sourceId, answers: 'json', status: 200, response: source }),
  testNew: defineRoute({
    method: 'POST', path: '/sources/test', summary: 'Test a key before it is saved', description: 'Nothing is stored. Says per capability what the key can do, with the remedy.', access: 'sources',
    body: z.object({ kind: z.literal('atlassian-org'), organisationId: z.string().trim().max(200).default(''), baseUrl: baseUrl.default('https://api.atlassian.com'), apiKey: key }),
    answers: 'json', status: 200, response: capabilityReport,
  }),
  create: defineRoute({ method: 'POST', path: '/sources', summary: 'Add a source', description: 'The key is checked first; a key that cannot sign in is refused.', access: 'sources', body: newSource, answers: 'json', status: 201, response: source }),
  change: defineRoute({
    method: 'PATCH', path: '/sources/:sourceId', summary: 'Change a source', description: 'A new key is checked before it replaces the old one.', access: 'sources', params: sourceId,
    body: z.object({ ...common, apiKey: key }).partial(), answers: 'json', status: 200, response: source,
  }),
  remove: defineRoute({ method: 'DELETE', path: '/sources/:sourceId', summary: 'Remove a source', description: 'Its key is destroyed and its accounts leave the inventory. Run logs and the audit trail stay.', access: 'sources', params: sourceId, answers: 'nothing', status: 204, response: nothing }),
  test: defineRoute({ method: 'POST', path: '/sources/:sourceId/test', summary: 'Test the stored key', access: 'sync', params: sourceId, answers: 'json', status: 200, response: capabilityReport }),
  sync: defineRoute({ method: 'POST', path: '/sources/:sourceId/syncs', summary: 'Sync now', access: 'sync', params: sourceId, answers: 'json', status: 202, response: sync }),
  syncs: defineRoute({ method: 'GET', path: '/sources/:sourceId/syncs', summary: 'The last syncs of a source', access: 'read', params: sourceId, answers: 'json', status: 200, response: z.object({ items: z.array(sync) }) }),
  getSync: defineRoute({ method: 'GET', path: '/syncs/:syncId', summary: 'One sync', access: 'read', params: syncId, answers: 'json', status: 200, response: sync }),
  syncEvents: defineRoute({ method: 'GET', path: '/syncs/:syncId/events', summary: 'Progress of a sync', description: 'Each event is the sync as it stands; the stream ends with its last state.', access: 'read', params: syncId, answers: 'events', status: 200, response: sync }),
  cancelSync: defineRoute({ method: 'POST', path: '/syncs/:syncId/cancel', summary: 'Cancel a sync', description: 'What was read so far is dropped; the inventory stays as it was.', access: 'sync', params: syncId, answers: 'json', status: 200, response: sync }),
  confirmSync: defineRoute({
    method: 'POST', path: '/syncs/:syncId/confirm', summary: 'Decide about a suspiciously small reading', access: 'approve', params: syncId,
    body: z.object({ decision: z.enum(['take', 'drop']) }), answers: 'json', status: 200, response: sync,
  }),
};
