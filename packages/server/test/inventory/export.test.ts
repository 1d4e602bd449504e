import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInventory } from '../../src/features/inventory/index.ts';
import { exportInventory } from '../../src/features/inventory/export/export-inventory.ts';
import { readPage } from '../../src/features/inventory/page.ts';
import type { Dependencies } from '../../src/app/dependencies.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { now, seedInventory } from './seed-inventory.ts';
import type { Seeded } from './seed-inventory.ts';

let database: TestDatabase;
let seeded: Seeded;
let deps: Dependencies;
beforeAll(async () => {
  database = await testDatabase();
  seeded = await seedInventory(database.db, { count: 140, seed: 11 });
  const silent = () => undefined;
  deps = { db: database.db, pool: database.pool, now: () => now, newId: () => crypto.randomUUID(), log: { info: silent, warn: silent, error: silent } };
});
afterAll(() => database.drop());

type Question = Parameters<typeof exportInventory>[2];
async function exported(question: Partial<Question>): Promise<{ bytes: Buffer; rows: number | null; fileName: string }> {
  const file = await exportInventory(deps, seeded.scope, { q: '', period: '90d', sort: 'name', format: 'csv', ...question }, new AbortController().signal);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return { bytes: Buffer.concat(chunks), rows: file.rows, fileName: file.fileName };
}

/** RFC 4180, written for this test alone. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gu)) {
    const [, raw = '', end] = match;
    records.at(-1)!.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') records.push([]);
    if (end === '') break;
  }
  return records.filter((record) => record.length > 1);
}

async function pagedIds(q: string, sort: Question['sort']): Promise<{ ids: string[]; classes: string[] }> {
  const asked = await askInventory(database.db, seeded.scope, { q, period: '90d' }, now);
  const rows: Awaited<ReturnType<typeof readPage>>['rows'] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await readPage(database.db, asked, { sort, limit: 60, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows);
    after = page.next;
  }
  return { ids: rows.map((row) => row.vendorId), classes: rows.map((row) => row.cells.find((cell) => cell.resourceId === seeded.resources.acmeJira)?.usage ?? 'none') };
}
const titles: Readonly<Record<string, string>> = { active: 'Active', lowUsage: 'Low usage', inactive: 'Inactive', never: 'Never accessed', unknown: 'Unknown', none: '' };

describe('export', () => {
  it.each([['', 'name'], ['status = active', '-lastActive'], ['app = jira AND usage = inactive', 'added']] as const)('as CSV is what the pages show: "%s" by %s', async (q, sort) => {
    const shown = await pagedIds(q, sort);
    const { bytes, rows } = await exported({ q, sort, columns: `accountId,${seeded.resources.acmeJira}` });
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [heading, ...records] = parseCsv(bytes.toString('utf8').slice(1));
    expect(heading).toEqual(['Account ID', 'Jira - acme', 'Last active in Jira - acme']);
    expect(records.map((record) => record[0])).toEqual(shown.ids);
    expect(records.map((record) => record[1])).toEqual(shown.classes.map((usage) => titles[usage]));
    expect(rows).toBe(shown.ids.length);
  });

  it('is safe against formulas', async () => {
    const { bytes } = await exported({ columns: 'name,accountId' });
    const names = new Set(parseCsv(bytes.toString('utf8').slice(1)).map((record) => record[0]));
    expect(names).toContain("'=cmd()");
    expect([...names].filter((name) => /^[=+\-@]/u.test(name ?? ''))).toEqual([]);
    expect(names).toContain("O'Brien, Pat");
    expect(names).toContain('🦊 Fox');
  });

  it('as JSON is one array of the same accounts', async () => {
    const { bytes, rows } = await exported({ format: 'json' });
    const parsed = JSON.parse(bytes.toString('utf8')) as { accountId: string; apps: unknown[] }[];
    expect(parsed.map((row) => row.accountId)).toEqual((await pagedIds('', 'name')).ids);
    expect(rows).toBe(parsed.length);
    expect(JSON.parse((await exported({ format: 'json', q: 'id = nobody' })).bytes.toString('utf8'))).toEqual([]);
  });

  it('as XLSX types texts as texts and days as days', async () => {
    const { bytes, rows } = await exported({ format: 'xlsx', columns: 'name,added' });
    const sheet = unzip(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet.match(/<row>/gu)).toHaveLength((rows ?? 0) + 1);
    expect(sheet).toContain('<t xml:space="preserve">=cmd()</t>');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toMatch(/<c s="1"><v>4\d{4}<\/v><\/c>/u);
    expect(sheet).toContain('state="frozen"');
  });

  it('is in the audit trail, and a column that is not there is refused', async () => {
    await exported({ q: 'status = active', columns: 'name' });
    const event = await database.db.selectFrom('audit_payload').select('payload').where('workspace_id', '=', seeded.workspaceId).orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
    expect(event.payload).toMatchObject({ format: 'csv', q: 'status = active', columns: 'name' });
    await expect(exported({ columns: 'password' })).rejects.toMatchObject({ facts: { code: 'badRequest' } });
  });

  it('gives its connection back when the reader leaves early', async () => {
    const leaving = new AbortController();
    for (let n = 0; n < 15; n += 1) {
      const file = await exportInventory(deps, seeded.scope, { q: '', period: '90d', sort: 'name', format: 'xlsx' }, leaving.signal);
      for await (const chunk of file.chunks) if (chunk.length > 0) break;
    }
    expect((await exported({ columns: 'name' })).rows).toBe(seeded.accounts.length);
    const { rows } = await database.pool.query<{ open: number }>(`select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`);
    expect(rows[0]?.open).toBe(0);
  });
});

/** One file of a ZIP archive by its central directory; written for this test alone. */
function unzip(bytes: Buffer, name: string): string {
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')) + 16);
  while (bytes.readUInt32LE(at) === 0x02_01_4b_50) {
    const nameLength = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      return inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString('utf8');
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw new Error(`${name} is not in the archive`);
}
