/**
 * Every moment at which a sync, an import, a plan, a run, an undo or a backup puts something down for good. A process that dies just before or just after one of
 * them must lose nothing and do nothing twice: the crash sweep (tests/crash) kills it at each, and fails when a write of this work has no name here.
 */
export const commitPoints = {
  'sync.requested': 'A sync and its job are queued',
  'sync.due': 'Syncs whose time has come are queued, with the time of the next',
  'sync.woken': 'An open sync without a job gets one',
  'sync.claimed': 'A worker takes a sync over by raising its epoch',
  'sync.progress': 'How far a reading is, for the screens',
  'sync.page': 'Records of a reading are staged, with the token of the page behind them',
  'sync.implied': 'Accesses that group memberships give are staged',
  'sync.finalising': 'From here on a sync cannot be cancelled',
  'sync.indexesSetAside': 'The indexes of an empty inventory are set aside until it is filled',
  'sync.merged': 'What was read is taken into the inventory, and the sync is done',
  'sync.firstFile': 'A first file goes straight into an empty inventory, and the sync is done',
  'sync.held': 'A suspiciously small reading is held',
  'sync.decided': 'A held reading is taken or dropped',
  'sync.cancelled': 'Somebody cancels a sync',
  'sync.ended': 'A worker ends a sync that failed or was cancelled',
  'sync.dropped': 'The staged rows of a sync that is over are removed',
  'sync.waits': 'A sync that waits for the vendor gets its next job',
  'vendor.permit': 'A request to the vendor takes its permit',
  'vendor.cooled': 'The requests to an endpoint group wait, because the vendor asked for it',
  'upload.begun': 'The place for a file is made',
  'upload.emptied': 'What was sent of a file before is removed',
  'upload.chunk': 'A piece of a file is stored',
  'upload.received': 'A file is complete, and the job of its preview is queued',
  'upload.woken': 'A file that waits for its preview without a job gets one',
  'upload.reading': 'A worker begins a preview',
  'upload.progress': 'How far a preview is, for the screens',
  'upload.previewed': 'A preview and the problems found are stored',
  'upload.refused': 'A file that is no export is refused',
  'upload.taken': 'A file becomes a source, and its sync is queued',
  'upload.cleaned': 'Files whose time is over are removed',
  'plan.ordered': 'The order for a plan and its job are stored',
  'plan.woken': 'A plan that waits for its building gets a job',
  'plan.built': 'The rows, guards, totals and digest of a plan are stored',
  'plan.concluded': 'A plan becomes ready, refused or failed',
  'undo.ordered': 'The order for an undo plan and its job are stored',
  'run.requested': 'A run with its rows and its job is stored, and its plan is applied',
  'run.commanded': 'Somebody pauses, resumes or cancels a run',
  'run.woken': 'Open runs get a job',
  'run.claimed': 'A worker takes a run over by raising its epoch',
  'run.reopened': 'People whom a dead worker left in the middle are to be worked on again',
  'run.calls': 'The calls that the re-check leaves are written down',
  'run.intent': 'The intent of a call, before it is made',
  'run.outcome': 'The outcome of a call, after it was made',
  'run.refusal': 'The vendor refused a call',
  'run.unsettled': 'Asking showed that a call had no effect, or could not tell',
  'run.parked': 'A person is put off until later',
  'run.made': 'All calls of a person are made; verification follows',
  'run.itemEnd': 'The work on a person ends, with what it means for the inventory',
  'run.counted': 'Counts of a run, for lists',
  'run.waits': 'A run that waits for the vendor gets its next job',
  'run.halted': 'A run pauses itself, or the pause of somebody is written down',
  'run.end': 'A run is done, cancelled, or has done its pilot',
  'backup.begun': 'The audit trail says that a backup is begun',
  'backup.made': 'The audit trail says that a backup is made, with its digest; its last bytes follow',
} as const;

export type CommitPoint = keyof typeof commitPoints;

/** Stands around a write that has a name. */
export type AtCommit = <T>(point: CommitPoint, write: () => Promise<T>) => Promise<T>;

export interface Commits {
  /** Watches the writes by name. Only the crash tests give one; no setting does. */
  readonly atCommit?: AtCommit;
}

/** Does a write of the work that must survive a crash, under its name. */
export function atCommit<T>(deps: Commits, point: CommitPoint, write: () => Promise<T>): Promise<T> {
  return deps.atCommit === undefined ? write() : deps.atCommit(point, write);
}
