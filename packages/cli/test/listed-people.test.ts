import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readListedPeople } from '../src/plans/listed-people.ts';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'rollcall-list-')); });
afterAll(async () => { await rm(folder, { recursive: true }); });

async function listed(text: string): Promise<string[]> {
  const file = path.join(folder, 'list');
  await writeFile(file, text);
  return (await readListedPeople(file)).map((one) => `${one.line}:${one.text}`);
}

describe('a list of people', () => {
  it.each([
    ['one on each line', 'a@x.example\nb@x.example\n', ['1:a@x.example', '2:b@x.example']],
    ['Windows line ends, a byte order mark, empty lines', '\uFEFFa@x.example\r\n\r\nb@x.example', ['1:a@x.example', '3:b@x.example']],
    ['the id column before the e-mail', 'Name,email,User id\nA,a@x.example,712020:1\n', ['2:712020:1']],
    ['an e-mail column, quoted cells', 'Name;E-mail\n"Sato; Hanako";a@x.example\n', ['2:a@x.example']],
    ['no header: the first column', '712020:1,x\n712020:2,y', ['1:712020:1', '2:712020:2']],
  ])('%s', async (_, text, expected) => {
    expect(await listed(text)).toEqual(expected);
  });

  it('refuses a list of nobody and a file that is not there', async () => {
    await expect(listed('email\n')).rejects.toThrow('lists nobody');
    await expect(readListedPeople(path.join(folder, 'none'))).rejects.toThrow('cannot be read');
  });
});
