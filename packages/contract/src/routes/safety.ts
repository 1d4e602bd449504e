import { defineRoute } from '../kit/route.ts';
import { civilDateText, cursor, fileBody, instant, nothing, pageOf, pageSize, uuid } from '../kit/shapes.ts';
import { z } from 'zod';

export const exemption = z.object({
  id: uuid, kind: z.enum(['account', 'group', 'domain']), sourceId: uuid.nullable(), subject: z.string(), label: z.string(), canary: z.boolean(), reason: z.string(), owner: z.string(),
  endsOn: z.string().nullable(), ended: z.boolean(), createdBy: z.string(), createdAt: instant,
});
const newExemption = z.object({
  kind: z.enum(['account', 'group', 'domain']),
  /** The source whose account or group it is; not for domains. */
  sourceId: uuid.nullable().default(null),
  /** An account's id or e-mail, a group's id or name, or a domain: `example.com` for itself alone, `*.example.com` for it and all its sub-domains. */
  subject: z.string().trim().min(1).max(300),
  canary: z.boolean().default(false),
  reason: z.string().trim().min(3).max(500),
  owner: z.string().trim().min(1).max(200),
  endsOn: civilDateText.nullable().default(null),
});
const exemptionId = z.object({ exemptionId: uuid });

export const auditEvent = z.object({ seq: z.number().int(), at: instant, kind: z.string(), text: z.string(), actor: z.string().nullable(), subjectKind: z.string().nullable(), subjectId: z.string().nullable(), hash: z.string(), erased: z.boolean(), payload: z.unknown() });

export const exemptionRoutes = {
  list: defineRoute({ method: 'GET', path: '/exemptions', summary: 'Exemptions', access: 'read', query: z.object({ ended: z.stringbool().default(false) }), answers: 'json', status: 200, response: z.object({ items: z.array(exemption) }) }),
  create: defineRoute({ method: 'POST', path: '/exemptions', summary: 'Exempt an account, a group or a domain', description: 'A domain such as example.com covers e-mail addresses of exactly that domain; *.example.com covers example.com and all its sub-domains.', access: 'exempt', body: newExemption, answers: 'json', status: 201, response: exemption }),
  change: defineRoute({ method: 'PATCH', path: '/exemptions/:exemptionId', summary: 'Change reason, owner, end or canary', access: 'exempt', params: exemptionId, body: newExemption.pick({ reason: true, owner: true, endsOn: true, canary: true }).partial(), answers: 'json', status: 200, response: exemption }),
  end: defineRoute({ method: 'DELETE', path: '/exemptions/:exemptionId', summary: 'End an exemption', access: 'exempt', params: exemptionId, answers: 'nothing', status: 204, response: nothing }),
};
export const auditRoutes = {
  list: defineRoute({ method: 'GET', path: '/audit', summary: 'Audit trail, newest first', access: 'audit', query: z.object({ kind: z.string().max(100).optional(), actor: z.string().max(200).optional(), subjectId: z.string().max(300).optional(), after: cursor.optional(), limit: pageSize.default(50) }), answers: 'json', status: 200, response: pageOf(auditEvent) }),
  export: defineRoute({ method: 'GET', path: '/audit/export', summary: 'The whole audit trail as JSON lines', description: 'Can be verified offline: rollcall audit verify FILE.', access: 'audit', answers: 'file', status: 200, response: fileBody }),
  verify: defineRoute({ method: 'POST', path: '/audit/verify', summary: 'Verify the chain on the server', access: 'audit', answers: 'json', status: 200, response: z.object({ ok: z.boolean(), events: z.number().int(), head: z.string().nullable(), problem: z.object({ seq: z.number().int(), kind: z.string(), text: z.string() }).nullable() }) }),
};
