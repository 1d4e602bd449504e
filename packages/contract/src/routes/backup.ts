import { defineRoute } from '../kit/route.ts';
import { fileBody, instant } from '../kit/shapes.ts';
import { z } from 'zod';

export const backupStatus = z.object({
  /** Of the whole database on disk, indexes included; a backup is smaller. */
  databaseBytes: z.number().int(),
  last: z.object({ at: instant, bytes: z.number().int(), rows: z.number().int(), sha256: z.string() }).nullable(),
});

export const backupRoutes = {
  status: defineRoute({ method: 'GET', path: '/backup', summary: 'Size of the database and the last backup', access: 'backup', answers: 'json', status: 200, response: backupStatus }),
  download: defineRoute({
    method: 'GET', path: '/backup/file', summary: 'Make a backup', access: 'backup', answers: 'file', status: 200, response: fileBody,
    description: 'The whole database as it is at one moment, streamed, for rollcall restore. x-rollcall-rows says about how many rows it will hold; a file whose last line is missing is incomplete. The key file is not in it. Where there are several workspaces, only the local CLI may.',
  }),
};
