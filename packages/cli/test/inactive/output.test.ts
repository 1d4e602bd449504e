import { describe, expect, it } from 'vitest';
import { inactiveCommand } from '../../src/inactive/index.ts';
import { displayWidth, fitted, terminalSafe } from '../../src/inactive/display-width.ts';
import { askFile } from './ask-file.ts';

const header = 'User id,User name,email,User status,Added to org,Jira - acme,Last seen in Jira - acme';
const row = (id: string, name: string): string => `${id},${name},${id}@example.com,Active,3 Jan 2020,User,5 Feb 2026`;

describe('the answer as CSV', () => {
  it('is safe to open in a spreadsheet', async () => {
    const rows = [header, row('a', '=1+1'), row('b', '"+cmd|""x"""'), row('c', '@sum'), row('d', '-2'), row('e', '"Doe, Jane"')].join('\n');
    const { out } = await askFile(rows, { app: 'jira' });
    const names = out.split('\r\n').slice(1, 6).map((line) => line.replace(/^.,/, '').replace(/,[a-e]@.*$/, ''));
    expect(names).toEqual(["'=1+1", '"\'+cmd|""x"""', "'@sum", "'-2", '"Doe, Jane"']);
  });
});

describe('the answer as JSON', () => {
  it('holds the summary and the accounts', async () => {
    const { out, err } = await askFile([header, row('a', '山田 太郎'), 'bad,row'].join('\n'), { app: 'jira', format: 'json' });
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      summary: {
        exportedOn: '2026-11-22',
        asOf: '2026-11-22',
        inactiveFor: '90d',
        period: { from: '2026-08-24', to: '2026-11-22' },
        listed: { accounts: 1, accesses: 1 },
        resources: [{ app: 'jira', site: 'acme', inactive: 1, active: 0, unknown: 0, noAccess: 0 }],
        rows: 2,
        brokenRows: 1,
        problemTotals: { wrongFieldCount: 1 },
        problems: [{ kind: 'wrongFieldCount', line: 3, column: null }],
      },
      accounts: [
        { accountId: 'a', name: '山田 太郎', email: 'a@example.com', status: 'active', app: 'jira', site: 'acme', usage: 'inactive', lastActive: '2026-02-05', addedOn: '2020-01-03', line: 2 },
      ],
    });
  });

  it('is whole when nobody is listed', async () => {
    const { out } = await askFile(header, { app: 'jira', format: 'json' });
    expect(JSON.parse(out)).toMatchObject({ accounts: [], summary: { accounts: 0 } });
  });
});

describe('the answer as a table', () => {
  it('aligns wide characters', async () => {
    const { out } = await askFile([header, row('a', '山田 太郎'), row('b', 'Ada Lane')].join('\n'), { app: 'jira', format: 'table' });
    const lines = out.split('\n');
    expect(lines[0]).toBe('Name       E-mail         App   Site  Usage     Last active  Added       Account id');
    expect(lines[2]).toBe('山田 太郎  a@example.com  Jira  acme  Inactive  2026-02-05   2020-01-03  a');
    expect(lines[3]).toBe('Ada Lane   b@example.com  Jira  acme  Inactive  2026-02-05   2020-01-03  b');
  });

  it('lets no name drive the terminal', async () => {
    const { out, err } = await askFile([header, row('a', 'A\u001B[31m\u202Eda')].join('\n'), { app: 'jira', format: 'table' });
    for (const driving of ['\u001B', '\u202E']) expect(`${out}${err}`).not.toContain(driving);
    expect(out).toContain('A\uFFFD[31m\uFFFDda');
  });
});

describe('widths', () => {
  it.each([
    ['Ada', 3],
    ['山田', 4],
    ['e\u0301', 1],
    ['😀', 2],
    ['ｱ', 1],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('cuts and fills to a width', () => {
    expect(fitted('山田太郎', 6)).toBe('山田… ');
    expect(fitted('Ada', 5)).toBe('Ada  ');
    expect(terminalSafe('a\nb')).toBe('a\uFFFDb');
  });
});

describe('the command', () => {
  it('describes every option and gives examples', () => {
    let text = '';
    const command = inactiveCommand().configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    for (const option of command.options) expect(text).toContain(option.long ?? '');
    expect(text).toContain('rollcall inactive export-users.csv --app jira --site acme --inactive-for 6m --never');
  });
});
