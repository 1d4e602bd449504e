import { expect, it } from 'vitest';
import { z } from 'zod';
import { createIds } from '../../src/app/new-id.ts';

it('makes UUIDv7 that only grow, within a millisecond and when the clock goes back', () => {
  const times = [1000, 1000, 999, 5, ...Array.from({ length: 20_000 }, () => 1000), 2000];
  const ids = createIds(() => new Date(times.shift() ?? 0));
  const made = Array.from({ length: 20_005 }, () => ids());
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(made.length);
  for (const id of made.slice(0, 50)) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect(made.at(-1)?.startsWith('00000000-07d0-7')).toBe(true);
});
