import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountTable, CellMemo, dayCodeOf, lastActiveOf, mergeRecords, openExport } from '@rollcall/connectors/csv';
import type { ExportRecord, RowView } from '@rollcall/connectors/csv';
import { combineReadings } from '@rollcall/core';
import type { LastActive } from '@rollcall/core';
import { readAll, streamOf } from './read-fixture.ts';

async function tableOf(text: string, size?: number): Promise<AccountTable> {
  const opened = await openExport(streamOf(text, size));
  const { resources, siteLists } = opened.layout;
  const table = new AccountTable(opened, { resources, siteLists, keepSite: () => true });
  for await (const _ of opened.steps((row) => table.add(row))) continue;
  return table;
}

const header = 'User id,User name,email,User status,Added to org,Jira - a,Jira - b,Last seen in Jira - a,Last seen in Jira - b';
const date = fc.constantFrom('', 'Never accessed', '3 Jan 2024', '4 Jan 2024', '31 Feb 2024', 'soon', '1/2/2024', '29 Feb 2024');
const access = fc.constantFrom('', 'None', 'User', 'perhaps');
const row = fc.tuple(
  fc.constantFrom('id-1', 'id-2', ' id-3 ', '"id ""4"""', ''),
  fc.constantFrom('Ada', '"Lane, Ada"', '山田', ''),
  fc.constantFrom('a@example.com', 'B@example.com', ''),
  fc.constantFrom('Active', 'Suspended', 'odd', ''),
  date,
  access,
  access,
  date,
  date,
);

describe('AccountTable', () => {
  it('says the same as records merged one by one, whatever the order and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 400 }), async (rows, size) => {
        const text = [header, ...rows.map((cells) => cells.join(','))].join('\n');
        const merged = new Map<string, ExportRecord>();
        for (const record of (await readAll(text)).records) {
          const known = merged.get(record.key);
          merged.set(record.key, known === undefined ? record : mergeRecords(known, record).record);
        }
        const table = await tableOf(text, size);
        const found = Array.from({ length: table.size }, (_, account) => ({
          key: table.key(account),
          line: table.line(account),
          status: table.status(account),
          addedOn: table.addedOn(account),
          accesses: table.resources.map((_, index) => [table.holding(account, index), table.lastActive(account, index)]),
        }));
        const expected = [...merged.values()].map(({ key, line, status, addedOn, accesses }) => ({
          key,
          line,
          status,
          addedOn,
          accesses: accesses.map(({ holding, lastActive }) => [holding, lastActive]),
        }));
        expect(found).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps names and addresses of the first row, and grows past its first blocks', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `id-${index},"Name ""${index}""",user${index}@example.com,Active,3 Jan 2024,User,,3 Jan 2024,`);
    const table = await tableOf([header, ...rows, 'id-7,Other,other@example.com,Active,3 Jan 2024,User,,5 Jan 2024,'].join('\n'));
    expect(table.size).toBe(30_000);
    expect([table.key(7), table.name(7), table.email(7)]).toEqual(['id-7', 'Name "7"', 'user7@example.com']);
    expect(table.lastActive(7, 0)).toEqual({ kind: 'at', on: '2024-01-05', at: null });
    expect([table.key(29_999), table.name(29_999), table.line(29_999)]).toEqual(['id-29999', 'Name "29999"', 30_001]);
  });

  it('finds the sites of a managed accounts export in its rows', async () => {
    const table = await tableOf('Atlassian ID,Email,Status,Last active date [UTC],Jira\n1,a@example.com,Active,2026-10-01,"x, y"\n2,b@example.com,Active,,y\n');
    expect(table.resources.map(({ app, site }) => `${app} ${site}`)).toEqual(['jira x', 'jira y']);
    expect([0, 1].map((account) => [table.holding(account, 0), table.holding(account, 1)])).toEqual([
      ['has', 'has'],
      ['none', 'has'],
    ]);
  });
});

const lastActive: fc.Arbitrary<LastActive> = fc.oneof(
  fc.constant<LastActive>({ kind: 'never' }),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((day): LastActive => ({ kind: 'at', on: day.toISOString().slice(0, 10) as never, at: null })),
  fc
    .constantFrom('notRead', 'notGiven', 'noAccessColumn', 'noDate', 'unreadableDate', 'ambiguousDate', 'impossibleDate', 'futureDate')
    .map((why): LastActive => ({ kind: 'unknown', why: why as 'noDate' })),
);

describe('day codes', () => {
  it('keep what they encode, and the larger one is what core combines', () => {
    fc.assert(
      fc.property(lastActive, lastActive, (a, b) => {
        expect(lastActiveOf(dayCodeOf(a))).toEqual(a);
        const combined = combineReadings({ lastActive: a, knownThrough: null }, { lastActive: b, knownThrough: null }).lastActive;
        expect(lastActiveOf(Math.max(dayCodeOf(a), dayCodeOf(b)))).toEqual(combined);
      }),
    );
  });
});

describe('CellMemo', () => {
  it('answers as its function does, however many different cells there are', () => {
    const memo = new CellMemo((text) => `read ${text}`);
    const rowOf = (text: string): RowView => {
      const bytes = Buffer.from(text);
      return { bytes, starts: Int32Array.of(0), ends: Int32Array.of(bytes.length), forms: Uint8Array.of(0), count: 1, line: 1 };
    };
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 20_000; index += 1) expect(memo.get(rowOf(`cell ${index}`), 0)).toBe(`read cell ${index}`);
    }
    expect(memo.get(rowOf(''), 0)).toBe('read ');
    expect(memo.get(rowOf('x'.repeat(100)), 0)).toBe(`read ${'x'.repeat(100)}`);
  });
});
