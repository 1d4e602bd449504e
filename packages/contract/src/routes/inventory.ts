import { defineRoute } from '../kit/route.ts';
import { usages } from '@rollcall/core';
import { civilDateText, cursor, fileBody, flag, instant, nothing, pageSize, periodText, rowId, uuid } from '../kit/shapes.ts';
import { z } from 'zod';

/** The question an inventory screen asks; the same members stand in addresses, saved views and plans. */
export const inventoryQuestion = {
  /** The query as text (`app = jira AND usage = inactive`); empty: everybody. */
  q: z.string().max(20_000).default(''),
  period: periodText.default('last-3-months'),
  /** Null or left out: today in the source's time zone. */
  asOf: civilDateText.optional(),
};
export const sortOrders = ['name', '-name', 'email', '-email', 'lastActive', '-lastActive', 'added', '-added'] as const;

export const cell = z.object({
  resourceId: z.number().int(),
  usage: z.enum(usages),
  basis: z.string(),
  lastOn: z.string().nullable(),
});
export const inventoryRow = z.object({
  id: z.number().int(),
  vendorId: z.string(),
  realm: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  accountType: z.string(),
  status: z.string(),
  claim: z.string(),
  addedOn: z.string().nullable(),
  platformRoles: z.array(z.string()),
  protectedBy: z.string().nullable(),
  exempt: z.boolean(),
  looksLikeService: z.boolean(),
  cells: z.array(cell),
});
export const resourceColumn = z.object({ resourceId: z.number().int(), app: z.string(), title: z.string(), site: z.string(), sourceName: z.string() });
export const resolvedPeriod = z.object({ text: z.string(), from: z.string(), to: z.string(), asOf: z.string(), past: z.boolean(), timeZone: z.string() });

export const grantingPath = z.object({ kind: z.enum(['group', 'direct', 'inferred']), role: z.string(), takesSeat: z.boolean(), groupId: z.number().int().nullable(), groupName: z.string().nullable(), modifiable: z.boolean() });
export const accountAccess = z.object({
  resourceId: z.number().int(),
  app: z.string(),
  title: z.string(),
  site: z.string(),
  holding: z.enum(['has', 'none', 'unknown']),
  usage: z.enum(usages),
  basis: z.string(),
  /** One sentence that says why it is in this class. */
  sentence: z.string(),
  lastActive: z.object({ kind: z.enum(['at', 'never', 'unknown']), on: z.string().nullable(), at: instant.nullable(), why: z.string().nullable() }),
  evidence: z.object({ kind: z.string(), sourceName: z.string(), readAt: instant.nullable(), knownThrough: z.string().nullable() }).nullable(),
  otherReadings: z.array(z.object({ sourceName: z.string(), kind: z.enum(['at', 'never', 'unknown']), on: z.string().nullable(), knownThrough: z.string().nullable(), readAt: instant })),
  grantedOn: z.string().nullable(),
  paths: z.array(grantingPath),
});
export const accountDetail = z.object({
  row: inventoryRow,
  details: z.record(z.string(), z.unknown()),
  directories: z.array(z.object({ name: z.string(), suspended: z.boolean() })),
  accesses: z.array(accountAccess),
  groups: z.array(z.object({ groupId: z.number().int(), name: z.string(), modifiable: z.boolean(), managedBy: z.string().nullable(), grants: z.array(z.object({ app: z.string(), site: z.string(), role: z.string() })) })),
  roles: z.array(z.object({ role: z.string(), on: z.string(), method: z.string() })),
  exemptions: z.array(z.object({ id: uuid, reason: z.string(), owner: z.string(), endsOn: z.string().nullable(), via: z.string() })),
  history: z.array(z.object({ runId: uuid, action: z.string(), state: z.string(), reason: z.string().nullable(), at: instant, undo: z.boolean() })),
  /** When the vendor was asked about this account alone, by a run or a re-check, since its source was last read completely; else null. `runId` where the asker may see the run. */
  observed: z.object({ at: instant, by: z.enum(['run', 'recheck']), runId: uuid.nullable() }).nullable(),
  period: resolvedPeriod,
});

export const usageCounts = z.object({
  resourceId: z.number().int(),
  holders: z.number().int(), active: z.number().int(), lowUsage: z.number().int().nullable(), inactive: z.number().int(), never: z.number().int(), unknown: z.number().int(),
});
const accountId = z.object({ accountId: rowId });
const savedView = z.object({
  id: uuid, name: z.string(), shared: z.boolean(), owner: z.string(), builtIn: z.boolean(),
  search: z.object({ q: z.string(), period: z.string(), sort: z.string().optional(), columns: z.array(z.string()).optional() }),
  updatedAt: instant,
});
const newView = z.object({ name: z.string().trim().min(1).max(100), shared: z.boolean().default(true), search: z.object({ q: z.string().max(20_000), period: periodText, sort: z.enum(sortOrders).optional(), columns: z.array(z.string().max(100)).max(200).optional() }) });

export const inventoryRoutes = {
  page: defineRoute({
    method: 'GET', path: '/inventory', summary: 'Accounts × apps', description: 'Keyset paging: pass `next` as `after` for the following page, `previous` as `before` for the one above.', access: 'read',
    query: z.object({ ...inventoryQuestion, sort: z.enum(sortOrders).default('name'), /** The app whose date `lastActive` sorts by; left out: the latest of all shown. */ sortResourceId: rowId.optional(), after: cursor.optional(), before: cursor.optional(), /** Jump near a share of the list, 0 to 1, by estimate. */ near: z.coerce.number().min(0).max(1).optional(), limit: pageSize.default(50) }),
    answers: 'json', status: 200,
    response: z.object({ rows: z.array(inventoryRow), next: cursor.nullable(), previous: cursor.nullable(), /** Estimated position of the first row, when `near` was asked. */ offset: z.number().int().nullable(), period: resolvedPeriod, columns: z.array(resourceColumn) }),
  }),
  count: defineRoute({
    method: 'GET', path: '/inventory/count', summary: 'How many accounts match', description: '`exact: false` means: at least this many.', access: 'read',
    query: z.object({ ...inventoryQuestion, exact: flag.default(false) }), answers: 'json', status: 200, response: z.object({ accounts: z.number().int(), exact: z.boolean() }),
  }),
  totals: defineRoute({ method: 'GET', path: '/inventory/totals', summary: 'Per app: how many are active, inactive, never accessed, unknown', description: 'Accounts with status active unless the query names a status. `lowUsage` is null where history does not cover the period.', access: 'read', query: z.object(inventoryQuestion), answers: 'json', status: 200, response: z.object({ items: z.array(usageCounts), period: resolvedPeriod }) }),
  parse: defineRoute({
    method: 'POST', path: '/inventory/query', summary: 'Check a query', access: 'read', body: z.object({ q: z.string().max(20_000) }), answers: 'json', status: 200,
    response: z.object({ ok: z.boolean(), text: z.string(), ast: z.unknown(), error: z.object({ message: z.string(), at: z.number().int() }).nullable() }),
  }),
  values: defineRoute({
    method: 'GET', path: '/inventory/values', summary: 'Known values of a field, for completion and filters', access: 'read',
    query: z.object({ field: z.enum(['app', 'site', 'source', 'group', 'domain', 'role', 'status', 'type']), prefix: z.string().max(200).default(''), /** Only groups of this source, each by itself. */ sourceId: uuid.optional() }),
    answers: 'json', status: 200, response: z.object({ items: z.array(z.object({ value: z.string(), label: z.string(), accounts: z.number().int().nullable(), /** Of a group, when a source was named: what plans take. */ groupId: z.number().int().optional(), /** False: an identity provider owns the group. */ modifiable: z.boolean().optional() })) }),
  }),
  export: defineRoute({
    method: 'GET', path: '/inventory/export', summary: 'Export what is on the screen', description: 'Streamed. The header x-rollcall-rows gives the number of rows to come, for progress.', access: 'read',
    query: z.object({ ...inventoryQuestion, sort: z.enum(sortOrders).default('name'), sortResourceId: rowId.optional(), format: z.enum(['csv', 'xlsx', 'json']).default('csv'), /** Columns by name: name, email, status, type, managed, added, roles, accountId, and resource ids; left out: all. */ columns: z.string().max(4_000).optional() }),
    answers: 'file', status: 200, response: fileBody,
  }),
  account: defineRoute({ method: 'GET', path: '/accounts/:accountId', summary: 'Everything about one account', access: 'read', params: accountId, query: z.object({ period: periodText.default('last-3-months'), asOf: civilDateText.optional() }), answers: 'json', status: 200, response: accountDetail }),
  activity: defineRoute({
    method: 'GET', path: '/accounts/:accountId/activity', summary: 'The days a person was seen active in an app', access: 'read', params: accountId, query: z.object({ resourceId: rowId }), answers: 'json', status: 200,
    response: z.object({ days: z.array(z.string()), historyFrom: z.string().nullable(), lastAt: instant.nullable(), timeZone: z.string() }),
  }),
  recheck: defineRoute({ method: 'POST', path: '/accounts/:accountId/recheck', summary: 'Read one account again at the vendor now', access: 'sync', params: accountId, answers: 'json', status: 200, response: accountDetail }),
  views: defineRoute({ method: 'GET', path: '/views', summary: 'Saved views', access: 'read', answers: 'json', status: 200, response: z.object({ items: z.array(savedView) }) }),
  saveView: defineRoute({ method: 'POST', path: '/views', summary: 'Save a view', access: 'plan', body: newView, answers: 'json', status: 201, response: savedView }),
  changeView: defineRoute({ method: 'PATCH', path: '/views/:viewId', summary: 'Change a saved view', access: 'plan', params: z.object({ viewId: uuid }), body: newView.partial(), answers: 'json', status: 200, response: savedView }),
  removeView: defineRoute({ method: 'DELETE', path: '/views/:viewId', summary: 'Delete a saved view', access: 'plan', params: z.object({ viewId: uuid }), answers: 'nothing', status: 204, response: nothing }),
};
