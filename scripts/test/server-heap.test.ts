import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serverHeap, withServerHeap } from '../bootstrap/server-heap.mjs';

describe('the memory settings of a server', () => {
  it.each(['Dockerfile', 'deploy/start'])('are the same in %s', (path) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toContain(serverHeap);
  });

  it('stand behind what NODE_OPTIONS says of other things, and give way where it speaks of these', () => {
    expect(withServerHeap({ A: '1' })).toEqual({ A: '1', NODE_OPTIONS: serverHeap });
    expect(withServerHeap({ NODE_OPTIONS: '--use-system-ca' })).toEqual({ NODE_OPTIONS: `--use-system-ca ${serverHeap}` });
    expect(withServerHeap({ NODE_OPTIONS: '--max-old-space-size=4096' })).toEqual({ NODE_OPTIONS: '--max-old-space-size=4096' });
  });
});
