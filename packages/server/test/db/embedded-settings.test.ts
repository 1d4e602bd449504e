import { expect, it } from 'vitest';
import { serverSettings } from '../../src/db/embedded/settings.ts';

const gibibyte = 2 ** 30;

it.each([
  [1 * gibibyte, '256MB', '1024MB'],
  [8 * gibibyte, '512MB', '4096MB'],
  [64 * gibibyte, '1024MB', '32768MB'],
])('shares a part of the memory there is, within bounds: %i bytes', (memory, shared, cached) => {
  expect(serverSettings('/somewhere', { memoryBytes: memory, sharedBytes: null }, false)).toMatchObject({ shared_buffers: shared, effective_cache_size: cached, fsync: 'on' });
});

it('stays small for throw-away databases, of which many run at once', () => {
  expect(serverSettings('/somewhere', { memoryBytes: 64 * gibibyte, sharedBytes: 32 * gibibyte }, true)).toMatchObject({ shared_buffers: '128MB', fsync: 'off' });
});

it('does without the system\'s shared memory where a container gives too little of it', () => {
  const settings = (sharedBytes: number | null) => serverSettings('/somewhere', { memoryBytes: 8 * gibibyte, sharedBytes }, false);
  expect(settings(64 * 2 ** 20)).toMatchObject({ dynamic_shared_memory_type: 'mmap' });
  for (const enough of [512 * 2 ** 20, null]) expect(settings(enough)).not.toHaveProperty('dynamic_shared_memory_type');
});
