import { closeSync, openSync, writeSync } from 'node:fs';

/** What a change did to the world. */
export type EffectName =
  | 'membershipAdded' | 'membershipRemoved' | 'roleAssigned' | 'roleRevoked' | 'orgRoleAssigned' | 'orgRoleRevoked'
  | 'accessSuspended' | 'accessRestored' | 'userRemoved' | 'userInvited' | 'accountDisabled' | 'accountEnabled'
  | 'accountDeletionScheduled' | 'accountDeletionCancelled' | 'profileUpdated' | 'emailSet' | 'apiTokenDeleted'
  | 'groupCreated' | 'groupDeleted' | 'groupRoleAssigned' | 'groupRoleRevoked' | 'activityRecorded' | 'keyRevoked';

/** What an entry is about. Absent members do not apply. */
export type Subject = {
  readonly orgId?: string;
  readonly accountId?: string;
  readonly groupId?: string;
  readonly directoryId?: string;
  readonly resourceId?: string;
  readonly role?: string;
};

/**
 * One line of the journal. `request`: a write request arrived. `effect`: the world changed. `noEffect`: a write asked for what was so already.
 * `refused`: a write was answered with an error and changed nothing. `request` is the sequence of the request that caused the entry.
 */
export type JournalEntry = Subject & {
  readonly seq: number;
  /** Virtual time, ISO 8601. */
  readonly at: string;
  readonly type: 'request' | 'effect' | 'noEffect' | 'refused';
  /** Stable operation name, or `control` for changes made through the control plane. */
  readonly operation: string;
  /** Name of the key, `anonymous`, or `control`. */
  readonly actor: string;
  readonly request: number;
  readonly effect?: EffectName;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly status?: number;
};

/** Entries whose members equal all given ones. */
export type JournalFilter = Partial<Pick<JournalEntry, 'type' | 'operation' | 'actor' | 'effect' | 'accountId' | 'groupId' | 'resourceId' | 'role' | 'directoryId' | 'orgId' | 'request'>> & {
  readonly afterSeq?: number;
};

/** The append-only record by which tests judge: what arrived and what it changed. */
export type Journal = {
  append(entry: Omit<JournalEntry, 'seq' | 'at' | 'request'> & { readonly request?: number }): JournalEntry;
  entries(filter?: JournalFilter): readonly JournalEntry[];
  /** Entries of type `effect`. */
  effects(filter?: JournalFilter): readonly JournalEntry[];
  /** Entries of type `request`. */
  requests(filter?: JournalFilter): readonly JournalEntry[];
  readonly length: number;
  close(): void;
};

function matches(entry: JournalEntry, filter: JournalFilter): boolean {
  if (filter.afterSeq !== undefined && entry.seq <= filter.afterSeq) return false;
  const wanted: readonly (readonly [unknown, unknown])[] = [
    [filter.type, entry.type], [filter.operation, entry.operation], [filter.actor, entry.actor], [filter.effect, entry.effect],
    [filter.accountId, entry.accountId], [filter.groupId, entry.groupId], [filter.resourceId, entry.resourceId], [filter.role, entry.role],
    [filter.directoryId, entry.directoryId], [filter.orgId, entry.orgId], [filter.request, entry.request],
  ];
  return wanted.every(([want, have]) => want === undefined || want === have);
}

/** A journal in memory and, with a file, on disk: each line is written before `append` returns, so that a killed sandbox loses none. */
export function createJournal(now: () => string, file: string | undefined): Journal {
  const all: JournalEntry[] = [];
  const descriptor = file === undefined ? undefined : openSync(file, 'a');
  const entries = (filter: JournalFilter = {}): readonly JournalEntry[] => all.filter((entry) => matches(entry, filter));
  return {
    append(given) {
      const seq = all.length + 1;
      const entry: JournalEntry = { seq, at: now(), ...given, request: given.request ?? seq };
      all.push(entry);
      if (descriptor !== undefined) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      return entry;
    },
    entries,
    effects: (filter = {}) => entries({ ...filter, type: 'effect' }),
    requests: (filter = {}) => entries({ ...filter, type: 'request' }),
    get length() { return all.length; },
    close() { if (descriptor !== undefined) closeSync(descriptor); },
  };
}
