import { expect, it } from 'vitest';
import { serverSettings } from '../../src/db/embedded/settings.ts';

const gibibyte = 2 ** 30;

it.each([
  [1 * gibibyte, '256MB', '1024MB'],
  [8 * gibibyte, '512MB', '4096MB'],
  [64 * gibibyte, '1024MB', '32768MB'],
])('shares a part of the memory there is, within bounds: %i bytes', (memory, shared, cached) => {
  expect(serverSettings('/somewhere', memory, false)).toMatchObject({ shared_buffers: shared, effective_cache_size: cached, fsync: 'on' });
});

it('stays small for throw-away databases, of which many run at once', () => {
  expect(serverSettings('/somewhere', 64 * gibibyte, true)).toMatchObject({ shared_buffers: '128MB', fsync: 'off' });
});
