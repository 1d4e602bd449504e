import type { CommitPoint } from '@rollcall/server';
import { kinds } from './unit.ts';
import type { Kind } from './unit.ts';
import type { ImportCourse } from './units/import-unit.ts';
import type { SyncCourse } from './units/sync-unit.ts';
import type { Trouble } from './units/trouble.ts';
import type { Misfortune } from './while-down.ts';

/** How the work goes in which a commit is met. */
export interface Course {
  readonly sync?: SyncCourse;
  readonly import?: ImportCourse;
  readonly trouble?: Trouble;
  /** Met by the next start, when a node was killed after this commit and left work open. */
  readonly atStart?: CommitPoint;
  /** What happens before that start. With `due` nobody orders anything: the next start does. */
  readonly meanwhile?: Misfortune;
}

export interface PointOfKind {
  readonly point: CommitPoint;
  readonly kind: Kind;
  readonly course: Course;
  /** Which of several commits of that name in the work. */
  readonly nth: number;
}

const at = (kind: Kind, point: CommitPoint, course: Course = {}, nth = 1): PointOfKind => ({ kind, point, course, nth });

const runPoints = (kind: 'run' | 'undo'): readonly PointOfKind[] => [
  at(kind, 'plan.built'), at(kind, 'plan.concluded'), at(kind, 'run.requested'), at(kind, 'run.claimed'), at(kind, 'run.reopened'), at(kind, 'vendor.permit', {}, 4), at(kind, 'run.calls', {}, 2),
  at(kind, 'run.intent', {}, 2), at(kind, 'run.outcome', {}, 2), at(kind, 'run.outcome', { trouble: 'lost' }, 3), at(kind, 'run.unsettled', { trouble: 'cut' }), at(kind, 'run.refusal', { trouble: 'rated' }), at(kind, 'run.parked', { trouble: 'rated' }),
  at(kind, 'run.waits', { trouble: 'rated' }), at(kind, 'vendor.cooled', { trouble: 'rated' }), at(kind, 'run.made', {}, 2), at(kind, 'run.itemEnd', {}, 2), at(kind, 'run.counted'), at(kind, 'run.end'), // A run whose job is there, held by the dead node, and one whose job is gone.
  at(kind, 'run.woken', { atStart: 'run.claimed', ...(kind === 'run' ? { meanwhile: 'queueLost' } : {}) }),
];

/** Every commit of each kind of work, and how it is met. */
export const points: readonly PointOfKind[] = [
  at('sync', 'sync.requested'), at('sync', 'sync.claimed'), at('sync', 'sync.progress'), at('sync', 'vendor.permit', {}, 3), at('sync', 'sync.page', {}, 3), at('sync', 'sync.implied'), at('sync', 'sync.finalising'), at('sync', 'sync.merged'),
  at('sync', 'sync.dropped'), at('sync', 'sync.held', { sync: 'held' }), at('sync', 'sync.decided', { sync: 'held' }), at('sync', 'sync.cancelled', { sync: 'cancelled' }), at('sync', 'sync.ended', { sync: 'cancelled' }),
  at('sync', 'sync.woken', { atStart: 'sync.claimed', meanwhile: 'queueLost' }), at('sync', 'sync.due', { sync: 'due', meanwhile: 'due' }),
  at('import', 'upload.begun'), at('import', 'upload.emptied'), at('import', 'upload.chunk'), at('import', 'upload.received'), at('import', 'upload.reading'), at('import', 'upload.progress'), at('import', 'upload.previewed'),
  at('import', 'upload.refused', { import: 'refused' }), at('import', 'upload.taken'), at('import', 'sync.claimed'), at('import', 'sync.finalising'), at('import', 'sync.firstFile'), at('import', 'sync.page', { import: 'again' }), at('import', 'sync.merged', { import: 'again' }),
  at('import', 'sync.dropped', { import: 'again' }), at('import', 'upload.cleaned', { atStart: 'upload.received' }), at('import', 'upload.woken', { atStart: 'upload.received', meanwhile: 'queueLost' }),
  at('plan', 'plan.ordered'), at('plan', 'plan.built'), at('plan', 'plan.concluded'), at('plan', 'plan.woken', { atStart: 'plan.ordered', meanwhile: 'queueLost' }),
  at('backup', 'backup.begun'), at('backup', 'backup.made'),
  at('run', 'plan.ordered'), ...runPoints('run'), at('run', 'run.halted', { trouble: 'readOnly' }), at('run', 'run.commanded', { trouble: 'readOnly' }),
  at('undo', 'undo.ordered'), ...runPoints('undo'),
];

/** Met once in each sweep, while the inventory is still empty: its first sync is killed there. */
export const ofTheFirstSync = 'sync.indexesSetAside' satisfies CommitPoint;

/** A commit that takes a wait of a minute to be met; it is shown elsewhere. */
export const notMet: Readonly<Partial<Record<CommitPoint, string>>> = {
  'sync.waits': 'packages/server/test/sync/interrupted.test.ts',
};

export interface Kill extends Course {
  readonly kind: Kind;
  readonly withDatabase: boolean;
  /** At a commit, or after so many milliseconds. */
  readonly when: { readonly point: CommitPoint; readonly side: 'before' | 'after'; readonly nth: number } | { readonly afterMs: number };
}

/** Every name once, before and after its commit in turn, every third with the database: what `npm test` does. Points that an undo shares with a run are met in the run. */
export function onceEach(): readonly Kill[] {
  const met = new Set<string>();
  const chosen = points.filter(({ point, course }) => {
    const name = `${point} ${course.trouble ?? ''}`;
    const isNew = !met.has(name);
    met.add(name);
    return isNew;
  });
  return chosen.map(({ kind, point, nth, course }, n) => ({ kind, ...course, when: { point, side: n % 2 === 0 ? 'before' : 'after', nth }, withDatabase: n % 3 === 0 }));
}

/** Every point of every kind, before and after, with and without the database; then `random` kills of each kind at any moment, half of them with the database. */
export function wholeSweep(random: number, chance: () => number): readonly Kill[] {
  const enumerated = points.flatMap(({ kind, point, nth, course }) => [false, true].flatMap((withDatabase) => (['before', 'after'] as const).map((side): Kill => ({ kind, ...course, when: { point, side, nth }, withDatabase }))));
  const troubles: readonly Trouble[] = ['none', 'lost', 'cut', 'lost'];
  const imports: readonly ImportCourse[] = ['first', 'again'];
  const some = kinds.flatMap((kind) => Array.from({ length: random }, (_, n): Kill => ({
    kind, trouble: troubles[n % 4] ?? 'none', import: imports[n % 2] ?? 'first', when: { afterMs: Math.floor(chance() * typicalMs[kind]) }, withDatabase: n % 2 === 1,
  })));
  return [...enumerated, ...some];
}

/** About how long the work takes: random kills fall within. */
const typicalMs: Readonly<Record<Kind, number>> = { sync: 900, import: 700, plan: 250, backup: 150, run: 2_500, undo: 2_500 };
