import { defineRoute } from '../kit/route.ts';
import { civilDateText, cursor, fileBody, instant, nothing, pageOf, pageSize, periodText, rowId, sentence, uuid } from '../kit/shapes.ts';
import { caps } from './session.ts';
import { z } from 'zod';

export const actionVerbs = ['remove-app-access', 'grant-app-access', 'suspend-access', 'restore-access', 'add-to-group', 'remove-from-group', 'remove-from-organisation'] as const;
export const planState = z.enum(['building', 'ready', 'refused', 'applied', 'expired', 'discarded', 'failed']);

/** What is done at the vendor, as a sentence in English and as the names in it, for readers of another language. */
const callWords = z.object({ verb: z.string(), text: z.string(), data: z.object({ group: z.string(), role: z.string(), app: z.string(), site: z.string(), directory: z.string() }).partial() });

/** Whom a plan is about: rows chosen by hand, or all that match a query less some. */
export const selection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accounts'), accountIds: z.array(rowId).min(1).max(100_000), /** The period the choice was made with, for the reasons. */ period: periodText.optional(), asOf: civilDateText.optional() }),
  z.object({ kind: z.literal('query'), q: z.string().max(20_000), period: periodText, asOf: civilDateText.optional(), except: z.array(rowId).max(10_000).default([]) }),
]);
export const actionParams = z.object({
  /** For app access: the apps on their sites. Left out with a query that names an app: the accesses that matched. */
  resourceIds: z.array(rowId).max(100).optional(),
  /** For groups. */
  groupIds: z.array(rowId).max(100).optional(),
});

export const planTotals = z.object({ act: z.number().int(), skip: z.number().int(), look: z.number().int(), people: z.number().int(), calls: z.number().int(), byReason: z.record(z.string(), z.number().int()), seats: z.array(z.object({ app: z.string(), title: z.string(), site: z.string(), people: z.number().int() })) });
export const plan = z.object({
  id: uuid,
  sourceId: uuid,
  sourceName: z.string(),
  action: z.enum(actionVerbs),
  actionTitle: z.string(),
  risk: z.enum(['notify', 'reversible', 'irreversible']),
  warning: z.string().nullable(),
  params: actionParams,
  /** What the plan rests on: the query with its resolved dates, or the choice by hand. */
  basis: z.object({ kind: z.string(), q: z.string().nullable(), period: z.object({ text: z.string(), from: z.string(), to: z.string(), asOf: z.string() }).nullable(), sentence: z.string(), restsOnInactivity: z.boolean() }),
  note: z.string().nullable(),
  state: planState,
  undoOf: uuid.nullable(),
  inventoryAt: instant.nullable(),
  /** What was checked. `values` are the numbers, days and names of `text`, for readers of another language. */
  guards: z.array(z.object({ name: z.string(), passed: z.boolean(), text: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })),
  /** Why the plan could not be built, and what to do; null unless its state is failed. */
  problem: sentence.nullable(),
  totals: planTotals.nullable(),
  digest: z.string().nullable(),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** From this many people on, the number is typed back. Null: no typing needed for this plan. */
  typeBack: z.number().int().nullable(),
  runId: uuid.nullable(),
});
export const planItem = z.object({
  seq: z.number().int(),
  accountId: z.number().int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  vendorId: z.string(),
  decision: z.enum(['act', 'skip', 'look']),
  reason: sentence,
  before: z.array(z.string()),
  after: z.array(z.string()),
  calls: z.array(callWords),
  sideEffects: z.array(sentence),
});
export const runState = z.enum(['queued', 'running', 'paused', 'cancelling', 'done', 'cancelled', 'stopped']);
export const runItemState = z.enum(['pending', 'intent', 'applied', 'alreadySo', 'verified', 'skipped', 'failed', 'uncertain', 'cancelled']);
export const runTotals = z.object({ total: z.number().int(), pending: z.number().int(), intent: z.number().int(), applied: z.number().int(), alreadySo: z.number().int(), verified: z.number().int(), skipped: z.number().int(), failed: z.number().int(), uncertain: z.number().int(), cancelled: z.number().int() });
export const run = z.object({
  id: uuid,
  planId: uuid,
  sourceId: uuid,
  sourceName: z.string(),
  action: z.enum(actionVerbs),
  actionTitle: z.string(),
  state: runState,
  stateReason: z.string().nullable(),
  pilot: z.number().int().nullable(),
  undoOf: uuid.nullable(),
  undonePlanId: uuid.nullable(),
  totals: runTotals,
  requestedBy: z.string(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  secondsLeft: z.number().int().nullable(),
  parkedUntil: instant.nullable(),
  /** Why the circuit breaker stopped the run or makes it wait, and what to do; null while it does neither. */
  halt: sentence.nullable(),
  /** The apps that the run is about; none for groups and whole accounts. */
  apps: z.array(z.object({ app: z.string(), title: z.string(), site: z.string() })),
  /** One sentence for the end: "412 people no longer have access to Jira; verified." */
  sentence: z.string(),
});
export const runItem = z.object({
  id: z.number().int(),
  seq: z.number().int(),
  accountId: z.number().int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  vendorId: z.string(),
  state: runItemState,
  reason: sentence.nullable(),
  /** The vendor's own words. */
  message: z.string().nullable(),
  /** What the vendor said when it was asked again about this person, and when; null when nobody asked. */
  recheck: z.object({ at: instant, answer: z.enum(['done', 'notDone', 'cannotTell']) }).nullable(),
  updatedAt: instant,
  calls: z.array(callWords.extend({ ordinal: z.number().int(), state: z.string(), intentAt: instant.nullable(), outcomeAt: instant.nullable(), errorKind: z.string().nullable(), vendorStatus: z.number().int().nullable(), vendorCode: z.string().nullable(), vendorMessage: z.string().nullable() })),
});
const planId = z.object({ planId: uuid });
const runId = z.object({ runId: uuid });
const itemId = z.object({ runId: uuid, itemId: rowId });

export const planRoutes = {
  create: defineRoute({
    method: 'POST', path: '/plans', summary: 'Make a plan (dry run)', description: 'Nothing is changed at the vendor. The plan is built in the background: follow its events.', access: 'plan',
    body: z.object({
      sourceId: uuid, action: z.enum(actionVerbs), params: actionParams.default({}), selection, note: z.string().trim().max(1_000).nullable().default(null),
      /** Tighter caps than the workspace's, never looser. */
      caps: caps.partial().optional(),
      /** Lowers the minimum period for this plan, in words: why. */
      shortPeriodReason: z.string().trim().min(10).max(500).optional(),
    }),
    answers: 'json', status: 202, response: plan,
  }),
  list: defineRoute({ method: 'GET', path: '/plans', summary: 'Plans', access: 'read', query: z.object({ sourceId: uuid.optional(), state: planState.optional(), after: cursor.optional(), limit: pageSize.default(50) }), answers: 'json', status: 200, response: pageOf(plan) }),
  get: defineRoute({ method: 'GET', path: '/plans/:planId', summary: 'One plan', access: 'read', params: planId, answers: 'json', status: 200, response: plan }),
  events: defineRoute({ method: 'GET', path: '/plans/:planId/events', summary: 'A plan while it is being built', access: 'read', params: planId, answers: 'events', status: 200, response: plan }),
  items: defineRoute({ method: 'GET', path: '/plans/:planId/items', summary: 'The rows of a plan', access: 'read', params: planId, query: z.object({ decision: z.enum(['act', 'skip', 'look']).optional(), reason: z.string().max(100).optional(), after: cursor.optional(), limit: pageSize.default(50) }), answers: 'json', status: 200, response: pageOf(planItem) }),
  export: defineRoute({ method: 'GET', path: '/plans/:planId/export', summary: 'A plan as CSV', access: 'read', params: planId, answers: 'file', status: 200, response: fileBody }),
  removalFile: defineRoute({ method: 'GET', path: '/plans/:planId/removal-file', summary: 'What the identity provider has to take away', description: 'CSV of account, e-mail, group and provider, for rows whose path an identity provider owns.', access: 'read', params: planId, answers: 'file', status: 200, response: fileBody }),
  discard: defineRoute({ method: 'POST', path: '/plans/:planId/discard', summary: 'Discard a plan', access: 'plan', params: planId, answers: 'json', status: 200, response: plan }),
  apply: defineRoute({
    method: 'POST', path: '/plans/:planId/apply', summary: 'Apply a plan', description: 'Starts a run. The digest says which plan was seen; the number of people is typed back for a large one.', access: 'apply', params: planId,
    body: z.object({ digest: z.string().length(64), sourceName: z.string(), people: z.number().int().nullable().default(null), pilot: z.number().int().min(1).nullable().default(null) }),
    answers: 'json', status: 202, response: run,
  }),
};

export const runRoutes = {
  list: defineRoute({
    method: 'GET', path: '/runs', summary: 'Run logs', access: 'read',
    query: z.object({ action: z.enum(actionVerbs).optional(), sourceId: uuid.optional(), result: z.enum(['open', 'clean', 'withFailures', 'uncertain', 'cancelled']).optional(), requestedBy: z.string().max(200).optional(), from: civilDateText.optional(), to: civilDateText.optional(), after: cursor.optional(), limit: pageSize.default(50) }),
    answers: 'json', status: 200, response: pageOf(run),
  }),
  get: defineRoute({ method: 'GET', path: '/runs/:runId', summary: 'One run log', access: 'read', params: runId, answers: 'json', status: 200, response: run }),
  events: defineRoute({ method: 'GET', path: '/runs/:runId/events', summary: 'Progress of a run', access: 'read', params: runId, answers: 'events', status: 200, response: run }),
  items: defineRoute({ method: 'GET', path: '/runs/:runId/items', summary: 'Per person: what was done, verified or failed', access: 'read', params: runId, query: z.object({ state: runItemState.optional(), search: z.string().max(200).optional(), after: cursor.optional(), limit: pageSize.default(50) }), answers: 'json', status: 200, response: pageOf(runItem) }),
  pause: defineRoute({ method: 'POST', path: '/runs/:runId/pause', summary: 'Pause a run between two people', access: 'apply', params: runId, answers: 'json', status: 200, response: run }),
  resume: defineRoute({ method: 'POST', path: '/runs/:runId/resume', summary: 'Go on with a paused run, or with the rest after a pilot', access: 'apply', params: runId, answers: 'json', status: 200, response: run }),
  cancel: defineRoute({ method: 'POST', path: '/runs/:runId/cancel', summary: 'Cancel what has not been started', access: 'apply', params: runId, answers: 'json', status: 200, response: run }),
  item: defineRoute({ method: 'GET', path: '/runs/:runId/items/:itemId', summary: 'One person of a run', access: 'read', params: itemId, answers: 'json', status: 200, response: runItem }),
  recheck: defineRoute({ method: 'POST', path: '/runs/:runId/items/:itemId/recheck', summary: 'Read one person again at the vendor now', description: 'Settles an uncertain row when the vendor can tell.', access: 'apply', params: itemId, answers: 'json', status: 200, response: runItem }),
  settle: defineRoute({ method: 'POST', path: '/runs/:runId/items/:itemId/settle', summary: 'Settle an uncertain row by hand', access: 'approve', params: itemId, body: z.object({ as: z.enum(['applied', 'failed']), note: z.string().trim().min(3).max(500) }), answers: 'json', status: 200, response: runItem }),
  undo: defineRoute({ method: 'POST', path: '/runs/:runId/undo', summary: 'Make the plan that gives back what a run took', access: 'plan', params: runId, answers: 'json', status: 202, response: plan }),
  download: defineRoute({ method: 'GET', path: '/runs/:runId/download', summary: 'A run log as CSV', access: 'read', params: runId, answers: 'file', status: 200, response: fileBody }),
  hide: defineRoute({ method: 'POST', path: '/runs/hide', summary: 'Delete run logs', description: 'They leave the list. What undo, proof and the audit trail need stays.', access: 'administer', body: z.object({ runIds: z.array(uuid).min(1).max(1_000) }), answers: 'nothing', status: 204, response: nothing }),
};
