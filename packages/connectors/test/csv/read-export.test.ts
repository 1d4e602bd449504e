import { parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { previewExport, problemsCsv, readExport } from '@rollcall/connectors/csv';
import { readAll, streamOf } from './read-fixture.ts';

function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(`no day: ${text}`);
  return date;
}
const at = (text: string) => ({ kind: 'at', on: text, at: null });
const unknown = (why: string) => ({ kind: 'unknown', why });

const current = [
  'User id,User name,email,User status,Added to org,Org role,Jira - acme,Confluence - acme,Last seen in Jira - acme,Last seen in Confluence - acme',
  '712020:0001,Ada Lane,ada@example.com,Active,3 Jan 2024,,User,None,28 Apr 2024,Never accessed',
  '712020:0002,"Doe, Jane",Jane@Example.com,Suspended,12 May 2023,Organization admin,User,User,Never accessed,2 May 2024',
  '712020:0003,山田 太郎,taro@example.com,Active,03 Jan 2024,,,User,,31 Feb 2024',
].join('\n');

describe('readExport: users export', () => {
  it('reads accounts, access and last activity by header', async () => {
    const { records, report } = await readAll(current, { exportedOn: day('2024-05-10') });
    expect(report.layout.shape).toBe('users');
    expect(records[0]).toEqual({
      line: 2,
      key: '712020:0001',
      vendorId: '712020:0001',
      name: 'Ada Lane',
      email: 'ada@example.com',
      username: null,
      status: 'active',
      accountType: 'unknown',
      addedOn: '2024-01-03',
      orgRole: null,
      groups: [],
      lastActive: null,
      accesses: [
        { app: 'jira', title: 'Jira', site: 'acme', holding: 'has', lastActive: at('2024-04-28'), role: 'User' },
        { app: 'confluence', title: 'Confluence', site: 'acme', holding: 'none', lastActive: { kind: 'never' }, role: null },
      ],
      again: false,
    });
    expect(records[1]).toMatchObject({ name: 'Doe, Jane', status: 'suspended', orgRole: 'Organization admin', addedOn: '2023-05-12' });
    expect(records[2]?.accesses.map(({ holding, lastActive }) => [holding, lastActive])).toEqual([
      ['none', unknown('noDate')],
      ['has', unknown('impossibleDate')],
    ]);
    expect(report).toMatchObject({ rows: 3, brokenRows: 0, accounts: 3, firstActive: '2024-04-28', lastActive: '2024-05-02' });
    expect(report.problems).toEqual([{ kind: 'impossibleDate', line: 4, column: 'Last seen in Confluence - acme' }]);
  });

  it('reads the same from every encoding, line end, separator and chunk size', async () => {
    const expected = (await readAll(current)).records;
    const utf16 = Buffer.from(current, 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    const variants: [string, Uint8Array][] = [
      ['UTF-8 with mark', Buffer.from(`\uFEFF${current}`)],
      ['UTF-16LE with mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
      ['UTF-16BE with mark', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])],
      ['UTF-16LE', utf16],
      ['UTF-16BE', swapped],
      ['CR LF', Buffer.from(current.replaceAll('\n', '\r\n'))],
      ['CR', Buffer.from(current.replaceAll('\n', '\r'))],
    ];
    for (const [name, bytes] of variants) {
      expect({ name, records: (await readAll(bytes)).records }).toEqual({ name, records: expected });
      expect({ name, records: (await readAll(bytes, { size: 1 })).records }).toEqual({ name, records: expected });
    }
    const quotedName = '"Doe, Jane"';
    for (const separator of [';', '\t']) {
      const text = current.split(quotedName).map((part) => part.replaceAll(',', separator)).join(quotedName);
      expect((await readAll(text)).records).toEqual(expected);
      const { records } = await readAll(`sep=${separator}\r\n${text}`);
      expect(records.map((record) => ({ ...record, line: record.line - 1 }))).toEqual(expected);
    }
  });

  it('finds columns in any order and case, and takes a site name with " - " in it', async () => {
    const text = 'LAST SEEN IN JIRA SOFTWARE - big - site , EMAIL ,jira - BIG - site,user ID\n3 Jan 2024,a@example.com,User,id-1\n';
    const { records } = await readAll(text);
    expect(records[0]?.accesses).toEqual([
      { app: 'jira', title: 'JIRA SOFTWARE', site: 'big - site', holding: 'has', lastActive: at('2024-01-03'), role: 'User' },
    ]);
  });

  it('never takes "Never accessed" for access: without an access column holding is unknown', async () => {
    const { records } = await readAll('User id,email,User status,Last seen in Jira - acme\nid-1,a@example.com,Active,Never accessed\n');
    expect(records[0]?.accesses).toEqual([
      { app: 'jira', title: 'Jira', site: 'acme', holding: 'unknown', lastActive: { kind: 'never' }, role: null },
    ]);
  });

  it('reports repeated and unused columns, and words that give no answer', async () => {
    const text =
      'User id,email,email,User status,Favourite colour,Team - acme,Jira - acme,Last seen in Jira - acme\nid-1,a@example.com,b@example.com,Sleeping,blue,x,perhaps,3 Jan 2024\n';
    const { records, report } = await readAll(text);
    expect(report.layout.duplicates).toEqual(['email']);
    expect(report.layout.ignored).toEqual(['email', 'Favourite colour', 'Team - acme']);
    expect(records[0]).toMatchObject({ email: 'a@example.com', status: 'unknown' });
    expect(records[0]?.accesses[0]?.holding).toBe('unknown');
    expect(report.problems.map(({ kind, column }) => [kind, column])).toEqual([
      ['unknownStatus', 'User status'],
      ['unknownAccess', 'Jira - acme'],
    ]);
  });

  it('reads groups from a list and from one row per membership', async () => {
    const list = await readAll('User id,email,User status,Group membership\nid-1,a@example.com,Active,"jira-users, ""a, b"",admins"\n');
    expect(list.records[0]?.groups.map(({ name }) => name)).toEqual(['jira-users', 'a, b', 'admins']);
    const pivot = await readAll(
      [
        'Group id,Group name,User id,User name,email,User status,Last seen in Jira - acme,Jira - acme',
        'g1,jira-users,id-1,Ada,a@example.com,Active,3 Jan 2024,User',
        'g2,admins,id-1,Ada,a@example.com,Active,4 Jan 2024,User',
        'g1,jira-users,id-2,Bob,b@example.com,Active,Never accessed,User',
        'g3,others,id-1,Ada,a@example.com,Suspended,3 Jan 2024,User',
      ].join('\n'),
    );
    expect(pivot.records.map(({ key, again, groups }) => [key, again, groups.map(({ id }) => id)])).toEqual([
      ['id-1', false, ['g1', 'g2']],
      ['id-2', false, ['g1']],
      ['id-1', true, ['g3']],
    ]);
    expect(pivot.records[0]?.accesses[0]?.lastActive).toEqual(at('2024-01-04'));
    expect(pivot.report).toMatchObject({ rows: 4, accounts: 2, repeated: 1 });
    expect(pivot.report.problems).toEqual([{ kind: 'disagreement', line: 3, column: 'Last seen in Jira - acme' }]);
  });
});

describe('readExport: other shapes', () => {
  it('reads the users export of 2019 to 2021', async () => {
    const text = 'id,full_name,email,active,created,Last seen in Jira Software,Last seen in Confluence\n5b1,Ada Lane,ada@example.com,Yes,2019-02-03,12 Mar 2020,Never logged in\n5b2,Bob,bob@example.com,No,2019-02-04,,\n';
    const { records, report } = await readAll(text);
    expect(report.layout.shape).toBe('usersOlder');
    expect(records.map(({ key, status, addedOn }) => [key, status, addedOn])).toEqual([
      ['5b1', 'active', '2019-02-03'],
      ['5b2', 'deactivated', '2019-02-04'],
    ]);
    expect(records[0]?.accesses).toEqual([
      { app: 'jira', title: 'Jira Software', site: null, holding: 'unknown', lastActive: at('2020-03-12'), role: null },
      { app: 'confluence', title: 'Confluence', site: null, holding: 'unknown', lastActive: { kind: 'never' }, role: null },
    ]);
  });

  it('reads the oldest users export, one row per group, and leaves out rows with a value too many', async () => {
    const text = [
      'group_name,username,full_name,email,active,last_login,last_session,Jira Service Desk,Jira Software,Jira Core,Confluence',
      'group1,FGambale,Frank Gambale,frank@example.com,Yes,14 Dec 2012 15:31:57,,Yes,No,Yes,No',
      'group2,fgambale,Frank Gambale,frank@example.com,Yes,14 Dec 2012 15:31:57,,Yes,No,Yes,No',
      'group2,ada,Ada Lane,ada@example.com,Yes,14 Dec 2012 15:31:57,,Yes,Yes,No,Yes,No',
    ].join('\n');
    const { records, report } = await readAll(text);
    expect(report.layout.shape).toBe('usersOldest');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ key: 'frank@example.com', vendorId: null, username: 'FGambale', status: 'active', lastActive: at('2012-12-14') });
    expect(records[0]?.groups.map(({ name }) => name)).toEqual(['group1', 'group2']);
    expect(records[0]?.accesses.map(({ app, holding, lastActive }) => [app, holding, lastActive])).toEqual([
      ['jira-service-management', 'has', unknown('notGiven')],
      ['jira', 'none', unknown('notGiven')],
      ['jira-work-management', 'has', unknown('notGiven')],
      ['confluence', 'none', unknown('notGiven')],
    ]);
    expect(report.problems).toEqual([{ kind: 'wrongFieldCount', line: 4, column: null }]);
  });

  it('reads the managed accounts export, whose apps list sites', async () => {
    const text = [
      'Name,Email,Atlassian ID,Status,Last active date [UTC],Billable,Jira,Confluence,Confluence Guest,Loom',
      'Ada Lane,ada@example.com,712020:1,Active,2026-10-01,Yes,"acme, beta",acme,None,',
      'Bob,bob@example.com,712020:2,Deactivated,,No,None,,,',
    ].join('\n');
    const { records, report } = await readAll(text);
    expect(report.layout.shape).toBe('managedAccounts');
    expect(report.layout.ignored).toEqual(['Billable']);
    expect(records[0]).toMatchObject({ key: '712020:1', lastActive: at('2026-10-01') });
    expect(records[0]?.accesses.map(({ app, site, holding }) => [app, site, holding])).toEqual([
      ['jira', 'acme', 'has'],
      ['jira', 'beta', 'has'],
      ['confluence', 'acme', 'has'],
    ]);
    expect(records[1]).toMatchObject({ status: 'deactivated', lastActive: unknown('noDate'), accesses: [] });
    const preview = await previewExport(streamOf(text));
    expect(preview.resources.map(({ app, site }) => `${app} ${site}`)).toEqual(['jira acme', 'jira beta', 'confluence acme']);
  });
});

describe('readExport: broken rows', () => {
  it('leaves out what cannot be read, says where, and keeps the rest', async () => {
    const text = [
      'User id,User name,email,User status,Last seen in Jira - acme',
      'id-1,Ada,a@example.com,Active,3 Jan 2024',
      'id-2,"Bob,b@example.com,Active,3 Jan 2024',
      'id-3,Eve,e@example.com,Active',
      ',,,Active,3 Jan 2024',
      'id-4,Zo\0e,z@example.com,Active,3 Jan 2024',
      'id-5,Max,m@example.com,Active,1/3/2024',
      'id-6,Kim,k@example.com,Active,soon,,',
    ].join('\r\n');
    const { records, report } = await readAll(text, { exportedOn: day('2024-02-01') });
    expect(records.map(({ key }) => key)).toEqual(['id-1', 'id-5', 'id-6']);
    expect(report.problems).toEqual([
      { kind: 'unclosedQuote', line: 3, column: null },
      { kind: 'wrongFieldCount', line: 4, column: null },
      { kind: 'noIdentity', line: 5, column: null },
      { kind: 'nulByte', line: 6, column: null },
      { kind: 'ambiguousDate', line: 7, column: 'Last seen in Jira - acme' },
      { kind: 'unreadableDate', line: 8, column: 'Last seen in Jira - acme' },
    ].toSorted((a, b) => a.line - b.line));
    expect(report).toMatchObject({ rows: 7, brokenRows: 4, accounts: 3 });
  });

  it('counts every problem but keeps a bounded list, and writes a report that is safe in a spreadsheet', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `id-${index},a${index}@example.com,Active,soon`);
    const text = ['User id,email,User status,Last seen in =1+1 - acme', ...rows].join('\n');
    const { report } = await readAll(text, { keptProblems: 5 });
    expect(report.problems).toHaveLength(5);
    expect(report.problemTotals).toEqual({ unreadableDate: 50 });
    expect(problemsCsv([{ kind: 'unknownStatus', line: 7, column: '=cmd,"x"' }])).toBe(
      'line,column,kind,problem\r\n7,"\'=cmd,""x""",unknownStatus,This is not a status that Rollcall knows. It counts as unknown.\r\n',
    );
  });

  it('marks text that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('User id,User name,User status\nid-1,'), Buffer.from([0x8e, 0x52]), Buffer.from(',Active\n')]);
    const { records, report } = await readAll(bytes);
    expect(records).toHaveLength(1);
    expect(report.problems).toEqual([{ kind: 'badText', line: 2, column: 'User name' }]);
  });
});

describe('readExport: a reading that is stopped', () => {
  it('stops at the signal and closes the source', async () => {
    const controller = new AbortController();
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('User id,User status\n');
        for (let index = 0; ; index += 1) yield Buffer.from(`id-${index},Active\n`.repeat(500));
      } finally {
        closed = true;
      }
    }
    const reading = await readExport(endless(), { signal: controller.signal });
    const consume = async (): Promise<void> => {
      let batches = 0;
      for await (const _ of reading.batches) if ((batches += 1) === 3) controller.abort(new Error('stopped by the person'));
    };
    await expect(consume()).rejects.toThrow('stopped by the person');
    expect(closed).toBe(true);
  });

  it('reports the bytes read so far', async () => {
    const seen: number[] = [];
    await readAll(current, { size: 100, onBytes: (bytes) => void seen.push(bytes) });
    expect(seen.at(-1)).toBe(Buffer.byteLength(current));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});
