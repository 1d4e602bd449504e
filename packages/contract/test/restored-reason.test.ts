import { restoredFrom, restoredReason } from '@rollcall/contract';
import { expect, it } from 'vitest';

it('is told from what a person wrote', () => {
  expect(restoredFrom(restoredReason('2026-11-20T02:00:00.000Z'))).toBe('2026-11-20T02:00:00.000Z');
  expect(restoredReason('2026-11-20T02:00:00.000Z')).toBe('Restored from the backup of 2026-11-20T02:00:00.000Z. Check, sync the sources, look at the paused runs, then resume.');
  for (const other of ['Restored from the backup of last night', restoredReason('last night'), `Why? ${restoredReason('2026-11-20T02:00:00.000Z')}`, '']) expect(restoredFrom(other)).toBeNull();
});
