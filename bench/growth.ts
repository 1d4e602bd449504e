import type { StoredResult } from './render-results.ts';

const mostTime = 12;
const mostMemory = 1.2;
const rowsThatGrow = ['import', 'import, 40 % changed', 'sync', 'plan'];

/** "growth": the same row at ten times the accounts. Memory is that of the Node process. */
export function growthLines(results: readonly StoredResult[]): readonly string[] {
  const lines = rowsThatGrow.flatMap((name) => {
    const small = find(results, name, 100_000);
    const large = find(results, name, 1_000_000);
    if (small === null || large === null) return [];
    const time = large.seconds / small.seconds;
    const memory = large.peakMiB / small.peakMiB;
    return [`| ${name} | ${time.toFixed(1)} × | ${time <= mostTime ? 'yes' : '**no**'} | ${memory.toFixed(2)} × | ${memory <= mostMemory ? 'yes' : '**no**'} |`];
  });
  if (lines.length === 0) return [];
  return ['## Growth from 100,000 to 1,000,000 accounts', '', `| row | time | at most ${mostTime} × | memory | at most ${mostMemory} × |`, '|---|---|---|---|---|', ...lines, ''];
}

function find(results: readonly StoredResult[], name: string, accounts: number) {
  return results.flatMap(({ rows }) => rows).find((row) => row.name === name && row.accounts === accounts)?.rollcall ?? null;
}
