import { commitPoints } from '@rollcall/server';
import { expect, it } from 'vitest';
import { notMet, ofTheFirstSync, onceEach, points } from './kills.ts';
import { sweep } from './sweep.ts';

/** Writes outside the work that must survive: what each start and each quarter of an hour tidies up, and settings that the sweep's people change. */
const chores = ['idempotency_key', 'person_session', 'person_verification', 'invitation', 'sign_in_rate', 'setup_link', 'index_set_aside', 'secret_key_in_use'];
const ofWork = /\b(?:into|update|from)\s+"?(?:sync|sync_step|staged_\w+|upload\w*|import_problem|plan\w*|run\w*|rate_budget)\b/iu;

it('every commit that has a name is met by the sweep, or shown elsewhere', () => {
  const met = new Set<string>([ofTheFirstSync, ...points.map(({ point }) => point), ...Object.keys(notMet)]);
  expect(Object.keys(commitPoints).filter((name) => !met.has(name))).toEqual([]);
});

it('a node killed at each commit of its work, its database with it or not, loses nothing and does nothing twice', { timeout: 1_200_000 }, async () => {
  const kills = onceEach();
  const report = await sweep({ kills, places: 8, users: 90, seed: 7 });
  expect(report.violations).toEqual([]);
  expect(report.missed).toEqual([]);
  expect(report.fell).toHaveLength(kills.length + 1);
  expect(report.effects.intended).toBeGreaterThan(100);
  expect(report.effects.seen).toBe(report.effects.intended);
  // Every commit of a worker has a name, and so has every one that a request makes for this work: whoever adds one names it and adds it to the sweep.
  const nameless = report.unnamed.filter(({ pool, statement }) => (pool === 'rollcall work' ? !chores.some((table) => statement.includes(`"${table}"`)) : ofWork.test(statement)));
  expect(nameless).toEqual([]);
  // The watch does see writes without a name.
  expect(report.unnamed.map(({ statement }) => statement).join()).toContain('"idempotency_key"');
});
