import { describe, expect, it } from 'vitest';
import { ask, askFile, listedIds } from './ask-file.ts';

// As of 22 November 2026, 90 days before is 24 August 2026: the 24th is in the period, the 23rd is before it.
const header = 'User id,User name,email,User status,Added to org,Jira - acme,Jira - beta,Last seen in Jira - acme,Last seen in Jira - beta';
const people = [
  header,
  'on-the-edge,Ada Lane,ada@example.com,Active,3 Jan 2024,User,,24 Aug 2026,Never accessed',
  'a-day-before,Ben Fox,ben@example.com,Active,3 Jan 2024,User,,23 Aug 2026,Never accessed',
  'never-old,Cem Kaya,cem@example.com,Active,23 Aug 2026,User,,Never accessed,Never accessed',
  'never-new,Dia Roy,dia@example.com,Active,24 Aug 2026,User,,Never accessed,Never accessed',
  'never-ageless,Eli Cruz,eli@example.com,Active,,User,,Never accessed,Never accessed',
  'no-access,Fay Wood,fay@example.com,Active,3 Jan 2024,None,,Never accessed,Never accessed',
  'no-date,Gus Bell,gus@example.com,Active,3 Jan 2024,User,,,Never accessed',
  'ambiguous,Hal Ito,hal@example.com,Active,3 Jan 2024,User,,1/3/2024,Never accessed',
  'suspended,Ivy Park,ivy@example.com,Suspended,3 Jan 2024,User,,1 Jan 2025,Never accessed',
  'newcomer,Jon Diaz,jon@example.com,Active,1 Sep 2026,User,,1 Aug 2026,Never accessed',
  'beta-idle,Kim Sato,kim@example.com,Active,3 Jan 2024,User,User,20 Nov 2026,2 Feb 2026',
].join('\n');

describe('rollcall inactive', () => {
  it('lists who was last active before the period, and no one else', async () => {
    const { code, out, err } = await askFile(people, { app: 'jira', site: 'acme' });
    expect(code).toBe(0);
    expect(out).toBe(
      'account_id,name,email,status,app,site,usage,last_active,added_on,line\r\n' +
        'a-day-before,Ben Fox,ben@example.com,active,jira,acme,inactive,2026-08-23,2024-01-03,3\r\n',
    );
    expect(err).toContain("Exported on 2026-11-22 (the file's time");
    expect(err).toContain('from 2026-08-24 to 2026-11-22');
    expect(err).toContain('Jira on acme: 1 inactive, 1 never accessed (add --never to list them), 2 active, 3 unknown, 1 without access.');
    expect(err).toContain('1 never accessed but too new: added on 2026-08-24 or later.');
    expect(err).toContain('1 never accessed, but the file does not say when they were added.');
    expect(err).toContain('2 unknown: their last active date is empty, unreadable or not given for this app.');
    expect(err).toContain('1 unknown: they were added on 2026-08-24 or later');
    expect(err).toContain('Read: 11 accounts in 11 rows; 1 left out because their status is not active');
    expect(err).toContain('line 9, Last seen in Jira - acme: Day, month or year of this date cannot be told apart.');
  });

  it('lists never-accessed accounts only when asked, and only old ones', async () => {
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', never: 'with' })).out)).toEqual(['a-day-before', 'never-old']);
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', never: 'only' })).out)).toEqual(['never-old']);
  });

  it('judges each site by itself when none is named', async () => {
    const { out, err } = await askFile(people, { app: 'Jira Software' });
    expect(out.split('\r\n').slice(1, 3)).toEqual([
      'a-day-before,Ben Fox,ben@example.com,active,jira,acme,inactive,2026-08-23,2024-01-03,3',
      'beta-idle,Kim Sato,kim@example.com,active,jira,beta,inactive,2026-02-02,2024-01-03,12',
    ]);
    expect(err).toContain('Listed: 2 accounts, 2 accesses.');
  });

  it('lists another status when asked', async () => {
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', status: 'suspended' })).out)).toEqual(['suspended']);
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', status: 'any' })).out)).toEqual(['a-day-before', 'suspended']);
  });

  it('takes calendar presets and rolling months', async () => {
    // Last 3 months as of 22 November starts on 1 September; 2 months before is 22 September.
    const rows = [header, 'aug,A,a@example.com,Active,1 Jan 2020,User,,31 Aug 2026,', 'sep,B,b@example.com,Active,1 Jan 2020,User,,1 Sep 2026,'].join('\n');
    expect(listedIds((await askFile(rows, { app: 'jira', site: 'acme', inactiveFor: 'last-3-months' })).out)).toEqual(['aug']);
    expect(listedIds((await askFile(rows, { app: 'jira', site: 'acme', inactiveFor: '2m' })).out)).toEqual(['aug', 'sep']);
  });

  it('knows nothing after its export, and says so', async () => {
    const old = await askFile(people, { app: 'jira', site: 'acme', exported: '2026-08-30', asOf: '2026-11-22' });
    expect(listedIds(old.out)).toEqual([]);
    expect(old.err).toContain('the file was exported on 2026-08-30 and cannot know what came after, up to 2026-11-22');
    // Two days late is within the freshness of 48 hours, three are not.
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', asOf: '2026-11-24' })).out)).toEqual(['on-the-edge', 'a-day-before']);
    expect(listedIds((await askFile(people, { app: 'jira', site: 'acme', asOf: '2026-11-25' })).out)).toEqual([]);
  });

  it("takes the export's day from the option, else from the name, else from the file's time", async () => {
    const name = 'export-users-2026-11-23.csv';
    const from = async (question: { exported?: string }, file: { name?: string }): Promise<string> =>
      (await askFile(people, { app: 'jira', site: 'acme', ...question }, file)).err.split('\n')[0] ?? '';
    expect(await from({}, { name })).toBe("Exported on 2026-11-23 (from the file's name). Asked as of 2026-11-23.");
    expect(await from({ exported: '2026-11-21' }, { name })).toBe('Exported on 2026-11-21 (as given). Asked as of 2026-11-21.');
  });

  it('merges the rows of an account wherever they stand: the latest date wins', async () => {
    const rows = [
      'Group id,Group name,User id,User name,email,User status,Added to org,Jira - acme,Last seen in Jira - acme',
      'g1,one,id-1,Ada,a@example.com,Active,1 Jan 2020,User,1 Jan 2026',
      'g1,one,id-2,Ben,b@example.com,Active,1 Jan 2020,User,1 Jan 2026',
      'g2,two,id-1,Ada,a@example.com,Active,1 Jan 2020,User,20 Nov 2026',
      'g2,two,id-2,Ben,b@example.com,Active,1 Jan 2020,User,1 Jan 2026',
    ].join('\n');
    const { out, err } = await askFile(rows, { app: 'jira' });
    expect(listedIds(out)).toEqual(['id-2']);
    expect(err).toContain('Read: 2 accounts in 4 rows.');
    expect(err).toContain('line 4, Last seen in Jira - acme: Two rows of this account say different things.');
  });

  it('never lists anyone from a file without access columns, and says why', async () => {
    const rows = 'User id,email,User status,Added to org,Last seen in Jira - acme\nid-1,a@example.com,Active,1 Jan 2020,Never accessed\nid-2,b@example.com,Active,1 Jan 2020,1 Jan 2024\n';
    const { out, err } = await askFile(rows, { app: 'jira', never: 'with' });
    expect(listedIds(out)).toEqual([]);
    expect(err).toContain('2 unknown: the file does not say whether they have access. Export again with the app access columns.');
  });

  it('uses the last activity of the account where the export knows no more: it proves inactivity, never activity', async () => {
    const rows = [
      'Name,Email,Atlassian ID,Status,Last active date [UTC],Jira,Confluence',
      'Ada,a@example.com,id-1,Active,2026-01-02,"acme, beta",',
      'Ben,b@example.com,id-2,Active,2026-11-01,acme,acme',
      'Cem,c@example.com,id-3,Active,,acme,',
    ].join('\n');
    const { out, err } = await askFile(rows, { app: 'jira', site: 'acme.atlassian.net' });
    expect(out.split('\r\n').slice(1)).toEqual(['id-1,Ada,a@example.com,active,jira,acme,inactive,2026-01-02,,2', '']);
    expect(err).toContain('Jira on acme: 1 inactive, 0 never accessed, 0 active, 2 unknown, 0 without access.');
    expect((await askFile(rows, { app: 'jira', site: 'nowhere' })).err).toContain('No account of this file has that app on "nowhere".');
  });
});

describe('rollcall inactive: what cannot be asked', () => {
  it.each([
    ['an app the file does not have', { app: 'trello' }, 'This file has no app "trello". It has:\n  --app jira --site acme\n  --app jira --site beta'],
    ['a site the file does not have', { app: 'jira', site: 'gamma' }, 'This file has no Jira on a site "gamma". It has:\n  --app jira --site acme'],
    ['a period that is none', { app: 'jira', inactiveFor: '90' }, '--inactive-for 90 is not a period.'],
    ['a day that is none', { app: 'jira', asOf: '31/12/2026' }, '--as-of 31/12/2026 is not a day. Write it as YYYY-MM-DD'],
    ['an impossible day', { app: 'jira', exported: '2026-02-30' }, '--exported 2026-02-30 is not a day.'],
  ])('refuses %s with exit code 2', async (_, question, sentence) => {
    const { code, out, err } = await askFile(people, question);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  it('asks for the app only when there are several', async () => {
    expect((await askFile(people, { site: 'acme' })).code).toBe(0);
    const two = `${header},Confluence - acme\n`;
    expect((await askFile(two)).err).toContain('Say which app, with --app. It has:');
  });

  it('refuses files that are no export, missing files and folders', async () => {
    expect(await askFile('<!doctype html><p>Sign in')).toMatchObject({ code: 2, err: expect.stringContaining('looks like a web page') as string });
    expect(await ask({ file: '/nowhere/export.csv', inactiveFor: '90d', format: 'csv' })).toMatchObject({ code: 2, err: 'There is no file /nowhere/export.csv.\n' });
    expect(await ask({ file: '/', inactiveFor: '90d', format: 'csv' })).toMatchObject({ code: 2, err: '/ is a folder. Give the CSV file itself.\n' });
  });
});
