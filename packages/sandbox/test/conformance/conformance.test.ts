import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, startSandbox } from '../../src/index.ts';
import type { Sandbox } from '../../src/index.ts';
import { readDocument } from './document.ts';
import { playEverything, shapeOfPath } from './exchanges.ts';
import type { Exchange } from './exchanges.ts';

/** The vendor's documents are no part of the project; without them these tests are skipped, which the reporter shows. */
const specs = fileURLToPath(new URL('../../../../../shared/specs/', import.meta.url));
const files = { 'org-v2': 'admin-organization-v2.reconstructed.json', 'org-v1': 'admin-organization-v1.2023-08.json', 'user-management': 'user-management.2023-08.json' } as const;

/** The first column of the table under a heading of DIFFERENCES.md. */
function listed(heading: string): readonly string[] {
  const text = readFileSync(new URL('../../DIFFERENCES.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1] ?? '').toSorted();
}

describe.skipIf(!existsSync(specs))('the documents of the vendor', () => {
  let sandbox: Sandbox;
  let exchanges: readonly Exchange[];
  beforeAll(async () => {
    sandbox = await startSandbox({ users: 300, seed: 2, now: '2026-11-22T09:00:00Z', clock: 'frozen', guard: true });
    exchanges = await playEverything(sandbox);
  });
  afterAll(() => sandbox.close());

  it('judge every operation, in good and bad answers', () => {
    expect(new Set(exchanges.map((exchange) => exchange.operation))).toEqual(new Set(operations.map((operation) => operation.name)));
    const good = new Set(exchanges.filter((exchange) => exchange.reply.status < 300).map((exchange) => exchange.operation));
    expect(operations.map((operation) => operation.name).filter((name) => !good.has(name))).toEqual([]);
    const documents = Object.entries(files).map(([name, file]) => readDocument(name, `${specs}${file}`));
    const judged = exchanges.filter((exchange) => documents.some((document) => document.judge(exchange) !== undefined));
    expect(exchanges.length).toBeGreaterThan(150);
    expect(judged.length).toBe(exchanges.length);
  });

  it('differ from the sandbox exactly where DIFFERENCES.md says', () => {
    const found = new Set<string>();
    for (const [name, file] of Object.entries(files)) {
      const document = readDocument(name, `${specs}${file}`);
      for (const exchange of exchanges) for (const line of document.judge(exchange) ?? []) found.add(`${name}: ${line}`);
    }
    expect([...found].toSorted()).toEqual(listed('Accepted'));
  });

  it('describe operations that the sandbox leaves out exactly where DIFFERENCES.md says', () => {
    const served = new Set(operations.map((operation) => `${operation.method} ${shapeOfPath(operation.path)}`));
    const missing = new Set(Object.entries(files).flatMap(([name, file]) => readDocument(name, `${specs}${file}`).operations).filter((line) => !served.has(line)));
    expect([...missing].toSorted()).toEqual(listed('Not simulated'));
  });

  it('notice a planted departure', () => {
    const document = readDocument('org-v2', `${specs}${files['org-v2']}`);
    const exchange = exchanges.find((candidate) => candidate.operation === 'users.search' && candidate.reply.status === 200);
    if (exchange === undefined) throw new Error('no search was played');
    const spoiled = { ...exchange, reply: { ...exchange.reply, json: { data: [{ accountId: 7, surprise: true }], links: {} } } };
    expect(document.judge(spoiled)).toEqual(expect.arrayContaining([expect.stringContaining('/data/*/accountId type'), expect.stringContaining('additionalProperties surprise')]));
  });
});
