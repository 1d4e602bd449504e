import { expect, it } from 'vitest';
import { SeenKeys } from '../../src/csv/seen-keys.ts';

it('remembers each of many keys once', () => {
  const seen = new SeenKeys();
  const keys = Array.from({ length: 50_000 }, (_, index) => `712020:${index.toString(16).padStart(12, '0')}`);
  expect(keys.filter((key) => seen.meet(key))).toEqual([]);
  expect(keys.every((key) => seen.meet(key))).toBe(true);
  expect(seen.size).toBe(50_000);
});
