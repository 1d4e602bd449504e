import { defineRoute } from '../kit/route.ts';
import { civilDateText, fileBody, instant, nothing, progress, uuid } from '../kit/shapes.ts';
import { sync } from './sources.ts';
import { z } from 'zod';

export const exportPreview = z.object({
  /** Which export it is: usersCurrent, usersGroupPivot, users2019, users2016, managedAccounts. */
  shape: z.string(),
  shapeTitle: z.string(),
  encoding: z.string(),
  separator: z.string(),
  rows: z.number().int(),
  accounts: z.number().int(),
  apps: z.array(z.object({ app: z.string(), title: z.string(), site: z.string().nullable(), hasAccessColumn: z.boolean() })),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  suggestedExportDay: z.string().nullable(),
  ignoredColumns: z.array(z.string()),
  header: z.array(z.string()),
  firstRows: z.array(z.array(z.string())),
  problems: z.array(z.object({ line: z.number().int(), kind: z.string(), column: z.string().nullable(), message: z.string() })),
  problemCounts: z.record(z.string(), z.number().int()),
});

export const upload = z.object({
  id: uuid,
  fileName: z.string(),
  sizeBytes: z.number().int(),
  state: z.enum(['receiving', 'received', 'reading', 'ready', 'refused', 'taken']),
  preview: exportPreview.nullable(),
  refusal: z.object({ code: z.string(), looksLike: z.string(), message: z.string() }).nullable(),
  progress: progress.nullable(),
  createdAt: instant,
  expiresAt: instant,
});
const uploadId = z.object({ uploadId: uuid });

export const uploadRoutes = {
  create: defineRoute({
    method: 'POST', path: '/uploads', summary: 'Begin an upload', access: 'sync',
    body: z.object({ fileName: z.string().trim().min(1).max(255), fileModifiedAt: instant.nullable().default(null), sizeBytes: z.number().int().min(0).nullable().default(null) }),
    answers: 'json', status: 201, response: upload,
  }),
  send: defineRoute({
    method: 'PUT', path: '/uploads/:uploadId/content', summary: 'Send the file', description: 'The whole file as the request body, streamed; the answer comes when it is stored and its preview is being made.', access: 'sync',
    params: uploadId, takes: 'bytes', answers: 'json', status: 200, response: upload,
  }),
  get: defineRoute({ method: 'GET', path: '/uploads/:uploadId', summary: 'An upload and its preview', access: 'sync', params: uploadId, answers: 'json', status: 200, response: upload }),
  events: defineRoute({ method: 'GET', path: '/uploads/:uploadId/events', summary: 'Progress of the preview', access: 'sync', params: uploadId, answers: 'events', status: 200, response: upload }),
  problems: defineRoute({ method: 'GET', path: '/uploads/:uploadId/problems', summary: 'Rows that could not be taken', description: 'CSV of line, column and what is wrong.', access: 'sync', params: uploadId, answers: 'file', status: 200, response: fileBody }),
  take: defineRoute({
    method: 'POST', path: '/uploads/:uploadId/take', summary: 'Take the file into the inventory',
    description: 'As an inventory of its own (`newSource`), as a newer export of an earlier file source (`source`), or as evidence for an organisation (`attachTo`).', access: 'sync', params: uploadId,
    body: z.object({
      as: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('newSource'), name: z.string().trim().min(1).max(100), timeZone: z.string().max(64).default('UTC') }),
        z.object({ kind: z.literal('source'), sourceId: uuid }),
        z.object({ kind: z.literal('attachTo'), sourceId: uuid }),
      ]),
      exportedOn: civilDateText,
    }),
    answers: 'json', status: 202, response: z.object({ sourceId: uuid, sync }),
  }),
  remove: defineRoute({ method: 'DELETE', path: '/uploads/:uploadId', summary: 'Drop an upload', access: 'sync', params: uploadId, answers: 'nothing', status: 204, response: nothing }),
};
