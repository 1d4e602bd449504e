import type { CivilDate } from './civil-date.ts';

/** Why nothing is known about the last activity. The codes are stored and shown; add, never rename. */
export type UnknownWhy =
  | 'notRead' // the source was not asked yet
  | 'notGiven' // the source was asked and gave no answer about this app
  | 'noAccessColumn' // the file does not say whether the account has access at all
  | 'noDate' // the field is empty
  | 'unreadableDate' // the field is no date we can read
  | 'ambiguousDate' // day and month cannot be told apart (1/3/2024)
  | 'impossibleDate' // 31 Feb 2026
  | 'futureDate'; // later than the reading itself

/**
 * The last activity of an account in one app of one site. A reading is a lower bound: it proves what was,
 * not what came after it. `on` is the day in the source's time zone; `at` is the instant when the source is that precise.
 */
export type LastActive =
  | { readonly kind: 'at'; readonly on: CivilDate; readonly at: string | null }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy };

/** What one source said, and the day up to which its word can be trusted (null: it proves no present state). */
export interface Reading {
  readonly lastActive: LastActive;
  readonly knownThrough: CivilDate | null;
}

const strength = { at: 2, never: 1, unknown: 0 } as const;

/**
 * Combines two readings of the same access: the latest `at` wins, `never` only counts when nothing says otherwise, `unknown`
 * never overrides. The winner keeps its own `knownThrough`: a later reading that misses a proven activity proves nothing
 * about the days since. Commutative and associative.
 */
export function combineReadings(a: Reading, b: Reading): Reading {
  const byKind = strength[a.lastActive.kind] - strength[b.lastActive.kind];
  if (byKind !== 0) return byKind > 0 ? a : b;
  if (a.lastActive.kind === 'at' && b.lastActive.kind === 'at') {
    if (a.lastActive.on !== b.lastActive.on) return a.lastActive.on > b.lastActive.on ? a : b;
    const at = laterText(a.lastActive.at, b.lastActive.at);
    return { lastActive: { kind: 'at', on: a.lastActive.on, at }, knownThrough: laterText(a.knownThrough, b.knownThrough) };
  }
  if (a.lastActive.kind === 'unknown' && b.lastActive.kind === 'unknown') {
    const why = a.lastActive.why <= b.lastActive.why ? a.lastActive : b.lastActive;
    return { lastActive: why, knownThrough: laterText(a.knownThrough, b.knownThrough) };
  }
  return { lastActive: a.lastActive, knownThrough: laterText(a.knownThrough, b.knownThrough) };
}

function laterText<T extends string>(a: T | null, b: T | null): T | null {
  if (a === null) return b;
  if (b === null) return a;
  return a > b ? a : b;
}
