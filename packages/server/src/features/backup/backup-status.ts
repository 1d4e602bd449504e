import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';

export interface BackupStatus {
  /** Of the whole database on disk, indexes included; a backup is smaller. */
  readonly databaseBytes: number;
  readonly last: { readonly at: string; readonly bytes: number; readonly rows: number; readonly sha256: string } | null;
}

const made = z.object({ bytes: z.number(), rows: z.number(), sha256: z.string() });

/** The last backup that was made to its end, as this workspace's audit trail tells. */
export async function readBackupStatus(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId'>): Promise<BackupStatus> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  const last = await db
    .selectFrom('audit_payload as p')
    .innerJoin('audit_event as e', (join) => join.onRef('e.workspace_id', '=', 'p.workspace_id').onRef('e.seq', '=', 'p.seq'))
    .where('p.workspace_id', '=', scope.workspaceId)
    .where('p.subject_kind', '=', 'backup')
    .where('e.kind', '=', 'backup.made')
    .orderBy('p.seq', 'desc')
    .select(['e.at', 'p.payload'])
    .executeTakeFirst();
  const totals = made.safeParse(last?.payload);
  return { databaseBytes: rows[0]?.bytes ?? 0, last: last === undefined || !totals.success ? null : { at: last.at.toISOString(), ...totals.data } };
}
