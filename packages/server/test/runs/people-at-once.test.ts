import { expect, it } from 'vitest';
import { PeopleAtOnce } from '../../src/features/runs/engine/people-at-once.ts';

it('grows by one for everybody with whom it went well, no further than allowed, and begins anew when it did not', () => {
  const atOnce = new PeopleAtOnce({ first: 2, most: 5 });
  const after = (state: 'verified' | 'alreadySo' | 'skipped' | 'failed' | 'uncertain' | 'pending'): number => {
    atOnce.note({ state, reason: null });
    return atOnce.now;
  };
  expect(atOnce.now).toBe(2);
  expect([after('verified'), after('skipped'), after('alreadySo'), after('verified')]).toEqual([3, 4, 5, 5]);
  for (const bad of ['failed', 'uncertain', 'pending'] as const) {
    expect(after(bad)).toBe(2);
    expect(after('verified')).toBe(3);
  }
});
