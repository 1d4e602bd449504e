import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exportShapes, startSandbox, writeExport } from '../src/index.ts';
import type { ExportShape } from '../src/index.ts';

/** A reader of quoted CSV, written for these tests only. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\n]*)(,|\n)/g)) {
    if (rows.length === 0 || (match.index > 0 && text[match.index - 1] === '\n')) rows.push([]);
    const field = match[1] ?? '';
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
  }
  return rows;
}

async function read(shape: ExportShape, options: Parameters<typeof writeExport>[1] = { users: 300, seed: 2, now: '2026-11-22T09:00:00Z' }): Promise<readonly (readonly string[])[]> {
  return parse((await Array.fromAsync(writeExport(shape, options))).join(''));
}

describe('exports', () => {
  it.each(exportShapes)('%s has as many fields in every row as in its header', async (shape) => {
    const [header, ...rows] = await read(shape);
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header?.length]));
  });

  it('have the literal headers', async () => {
    const bare = await read('users', { users: 20, sites: ['telkomdds'], accessColumns: false, groupList: false });
    expect(bare[0]?.join(',')).toBe('User id,User name,email,User status,Added to org,Org role,Last seen in Jira Service Management - telkomdds,Last seen in Jira - telkomdds,Last seen in Confluence - telkomdds');
    expect((await read('users-2016'))[0]?.join(',')).toBe('group_name,username,full_name,email,active,last_login,last_session,Jira Service Desk,Jira Software,Jira Core,Confluence');
    expect((await read('users-pivot'))[0]?.slice(0, 3)).toEqual(['Group id', 'Group name', 'User id']);
    expect((await read('managed'))[0]?.slice(0, 5)).toEqual(['Name', 'Email', 'Atlassian ID', 'Status', 'Last active date [UTC]']);
  });

  it('of a running sandbox say what is true, dates without leading zeros', async () => {
    const sandbox = await startSandbox({ users: 200, seed: 2 });
    try {
      const [header = [], ...rows] = await read('users', { world: sandbox.world });
      const column = header.indexOf('Last seen in Jira - acme');
      const access = header.indexOf('Jira - acme');
      for (const row of rows) {
        const jira = sandbox.truth.account(row[0] ?? '')?.access.find((candidate) => candidate.app === 'jira' && candidate.site === 'acme');
        const day = jira?.hasAccess === true && jira.lastActive !== null ? new Date(jira.lastActive) : undefined;
        const month = day?.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }).slice(0, 3) ?? '';
        expect(row[column]).toBe(day === undefined ? 'Never accessed' : `${day.getUTCDate()} ${month} ${day.getUTCFullYear()}`);
        expect(row[access]).toBe(jira?.hasAccess === true ? 'User' : 'None');
      }
    } finally {
      await sandbox.close();
    }
  });
});

describe('as a process', () => {
  it('writes the same export to standard output', async () => {
    const script = fileURLToPath(new URL('../src/export-main.ts', import.meta.url));
    const options = ['--shape', 'managed', '--users', '40', '--seed', '2', '--now', '2026-11-22T09:00:00Z'];
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...options]);
    expect(stdout).toBe((await Array.fromAsync(writeExport('managed', { users: 40, seed: 2, now: '2026-11-22T09:00:00Z' }))).join(''));
    await expect(promisify(execFile)(process.execPath, [script, '--shape', 'unknown'])).rejects.toThrow(/--shape knows users/);
  }, 30_000);
});
