import { expect, it } from 'vitest';
import { restoreOnceEach } from './restore/restore-kills.ts';
import { restoreSweep } from './restore/restore-sweep.ts';

it('a restore killed at each of its commits, its database with it or not, has replaced everything or nothing, and can be done again', { timeout: 600_000 }, async () => {
  const kills = restoreOnceEach();
  const report = await restoreSweep({ kills, users: 60, seed: 7 });
  expect(report.violations).toEqual([]);
  expect(report.missed).toEqual([]);
  expect(report.fell).toHaveLength(kills.length);
  expect(report.tookEffect).toBe(1);
  // One commit puts everything in its place: whoever adds another names it and kills a restore there.
  expect(report.commits.replace).toBe(1);
  expect(report.commits.empty).toBe(report.commits.steps + 1);
});
