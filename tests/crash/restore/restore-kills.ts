/** `replace`: over an installation that holds something. `empty`: into an empty data folder, where the tables are made first. */
export type RestoreCourse = 'replace' | 'empty';

/** `migrated`: a step of the schema, before anything is restored. `replaced`: the one commit that puts the backup's rows in the place of everything. */
export type RestorePoint = 'restore.migrated' | 'restore.replaced';

export interface RestoreKill {
  readonly course: RestoreCourse;
  readonly withDatabase: boolean;
  /** At a commit, or after this share of the time that an undisturbed one takes from its first schema to its end (0 to 1). */
  readonly when: { readonly point: RestorePoint; readonly side: 'before' | 'after' } | { readonly share: number };
}

export const restorePoints: readonly { readonly course: RestoreCourse; readonly point: RestorePoint }[] = [
  { course: 'replace', point: 'restore.replaced' },
  { course: 'empty', point: 'restore.migrated' },
  { course: 'empty', point: 'restore.replaced' },
];

/** Each point once, before and after in turn: what `npm test` does. */
export function restoreOnceEach(): readonly RestoreKill[] {
  return [
    { course: 'replace', withDatabase: true, when: { point: 'restore.replaced', side: 'before' } },
    { course: 'replace', withDatabase: false, when: { point: 'restore.replaced', side: 'after' } },
    { course: 'empty', withDatabase: false, when: { point: 'restore.migrated', side: 'after' } },
  ];
}

/** Every point before and after, with and without the database; then `random` at any moment, half of them with the database, every third into an empty folder. */
export function wholeRestoreSweep(random: number, chance: () => number): readonly RestoreKill[] {
  const enumerated = restorePoints.flatMap(({ course, point }) => [false, true].flatMap((withDatabase) => (['before', 'after'] as const).map((side): RestoreKill => ({ course, withDatabase, when: { point, side } }))));
  const some = Array.from({ length: random }, (_, n): RestoreKill => ({ course: n % 3 === 2 ? 'empty' : 'replace', withDatabase: n % 2 === 1, when: { share: chance() } }));
  return [...enumerated, ...some];
}
