import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const web = join(import.meta.dirname, '..');
const root = join(web, '../..');
let copy = '';

function messages(po: string): ReadonlyMap<string, string> {
  // Blank lines part the entries; obsolete ones start with "#~".
  const entries = po.split(/\n\n+/).map((entry) => entry.split('\n').filter((line) => !line.startsWith('#')).join('\n'));
  const text = (entry: string, keyword: string): string => {
    const found = new RegExp(`^${keyword} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(entry)?.[1] ?? '';
    return [...found.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1] ?? '').join('');
  };
  return new Map(entries.map((entry) => [`${text(entry, 'msgctxt')}|${text(entry, 'msgid')}`, text(entry, 'msgstr')] as const).filter(([id]) => id !== '|'));
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'rollcall-catalogues-'));
  await cp(join(web, 'src'), join(copy, 'src'), { recursive: true });
  await cp(join(web, 'lingui.config.ts'), join(copy, 'lingui.config.ts'));
  await cp(join(web, 'package.json'), join(copy, 'package.json'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/@lingui/cli/dist/lingui.js'), 'extract', '--clean'], { cwd: copy });
}, 60_000);

afterAll(() => rm(copy, { recursive: true, force: true }));

describe('catalogues', () => {
  test.each(['en', 'ja'])('%s holds every message of the source and nothing else (run `lingui extract --clean` in packages/web)', async (language) => {
    const fresh = messages(await readFile(join(copy, `src/locales/${language}.po`), 'utf8'));
    const committed = messages(await readFile(join(web, `src/locales/${language}.po`), 'utf8'));
    expect(fresh.size).toBeGreaterThan(80);
    expect([...committed.keys()].toSorted()).toEqual([...fresh.keys()].toSorted());
  });

  test('no Japanese translation is missing', async () => {
    const japanese = messages(await readFile(join(copy, 'src/locales/ja.po'), 'utf8'));
    expect([...japanese].filter(([, translation]) => translation === '').map(([id]) => id)).toEqual([]);
  });

  test('a translation uses exactly the placeholders of its message', async () => {
    const japanese = messages(await readFile(join(copy, 'src/locales/ja.po'), 'utf8'));
    const names = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)[,}]|<(\d+)\/?>/g)].map((match) => match[1] ?? match[2] ?? ''))].toSorted();
    expect([...japanese].filter(([id, translation]) => names(id).join() !== names(translation).join()).map(([id]) => id)).toEqual([]);
  });
});
