import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, loadNow } from './harness/machine.ts';
import { renderResults, rowLines, storedResult } from './render-results.ts';
import type { StoredResult } from './render-results.ts';
import { benchRows } from './rows.ts';

/** `npm run bench -- [--rows import,sync] [--accounts 100000,1000000] [--rounds 3] [--minutes 1] [--rate 200]`: measures, prints, and keeps the results (bench/README.md). */
const { values } = parseArgs({ options: { rows: { type: 'string' }, accounts: { type: 'string' }, rounds: { type: 'string' }, minutes: { type: 'string' }, rate: { type: 'string' } } });
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
const inRounds = new Set(['import', 'sync', 'plan']);
const resultsFolder = fileURLToPath(new URL('results', import.meta.url));
const names = values.rows?.split(',') ?? Object.keys(benchRows);
const sizes = (values.accounts ?? '100000,1000000').split(',').map(Number);
const rounds = Number(values.rounds ?? '3');
const minutes = Number(values.minutes ?? '1');
const perSecond = Number(values.rate ?? '200');
const unknown = names.filter((name) => !(name in benchRows));
if (unknown.length > 0 || sizes.some((size) => !Number.isInteger(size) || size < 10) || !(rounds >= 1) || !(minutes > 0) || !(perSecond > 0)) {
  say(`Unknown: ${unknown.join(', ') || 'a size, a number of rounds, minutes or a rate'}. Rows: ${Object.keys(benchRows).join(', ')}. Sizes and rounds are whole numbers, e.g. --accounts 100000 --rounds 3.`);
  process.exitCode = 2;
} else {
  mkdirSync(resultsFolder, { recursive: true });
  for (const accounts of sizes) for (const name of names) await measure(name, accounts);
  writeFileSync(fileURLToPath(new URL('RESULTS.md', import.meta.url)), renderResults(readResults()));
}

async function measure(name: string, accounts: number): Promise<void> {
  // The vendor's limit is the same whatever the size.
  if (['rate', 'run'].includes(name) && accounts !== sizes[0]) return;
  say(`\n${name}, ${accounts.toLocaleString('en-US')} accounts`);
  const loadBefore = loadNow();
  try {
    const rows = await benchRows[name]?.({ accounts, rounds, minutes, perSecond }) ?? [];
    const result = { measuredOn: new Date().toISOString().slice(0, 10), row: name, accounts, rounds: inRounds.has(name) ? rounds : 1, load: { before: loadBefore, after: loadNow() }, machine: describeMachine(), rows };
    writeFileSync(`${resultsFolder}/${name}-${accounts}.json`, `${JSON.stringify(storedResult.parse(result), null, 2)}\n`);
    for (const row of rows) for (const line of rowLines(row)) say(line);
  } catch (error) {
    say(`  failed: ${error instanceof Error ? error.message : 'unknown'}`);
    process.exitCode = 1;
  }
}

function readResults(): readonly StoredResult[] {
  return readdirSync(resultsFolder).filter((file) => file.endsWith('.json')).map((file) => storedResult.parse(JSON.parse(readFileSync(`${resultsFolder}/${file}`, 'utf8'))));
}
