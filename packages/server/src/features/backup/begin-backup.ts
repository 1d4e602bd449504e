import { atCommit } from '../../app/commit-points.ts';
import type { Actor } from '../../app/scope.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { asDiskFull, transaction } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { openBackupSnapshot } from './snapshot.ts';
import type { BackupSnapshot } from './snapshot.ts';
import { writeBackup } from './write-backup.ts';

/** A backup whose bytes are made while they are read. */
export interface BackupUnderWay {
  readonly fileName: string;
  /** About how many rows it will hold, for progress. */
  readonly rows: number;
  readonly chunks: AsyncIterable<Buffer>;
}

type BackupDependencies = Pick<Dependencies, 'pool' | 'now' | 'atCommit'>;

/**
 * Opens the snapshot of a backup. That it was begun stands in every workspace's audit trail, and so in the backup; that it was made, with its size and digest,
 * once its last byte is made. The chunks must be read, or ended early, to give the database's connection back. Throws DiskFullError, also in the middle, where the
 * database has no room for these events.
 */
export async function beginBackup(deps: BackupDependencies, actor: Actor): Promise<BackupUnderWay> {
  const at = deps.now();
  await atCommit(deps, 'backup.begun', () => recordEverywhere(deps, actor, { kind: 'backup.begun', payload: {} }));
  const snapshot = await openBackupSnapshot(deps.pool);
  const chunks = writeBackup(snapshot, at, (totals) => atCommit(deps, 'backup.made', () => recordEverywhere(deps, actor, { kind: 'backup.made', payload: { ...totals } })));
  return {
    fileName: `rollcall-${at.toISOString().slice(0, 16).replaceAll(/[-:]/gu, '')}.backup`,
    rows: snapshot.tables.filter(({ kept }) => kept).reduce((sum, { rows }) => sum + rows, 0),
    chunks: ending(snapshot, chunks),
  };
}

async function* ending(snapshot: BackupSnapshot, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let whole = false;
  try {
    yield* chunks;
    whole = true;
  } finally {
    await snapshot.end(whole);
  }
}

/** A backup holds every workspace: each one's trail tells of it. */
async function recordEverywhere(deps: BackupDependencies, actor: Actor, { kind, payload }: { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> }): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    for (const { id } of await trx.selectFrom('workspace').select('id').orderBy('id').execute()) {
      await recordAudit(trx, { workspaceId: id, actor }, { kind, subjectKind: 'backup', subjectId: null, payload }, deps.now());
    }
  }).catch((error: unknown) => { throw asDiskFull(error, "the database server's"); });
}
