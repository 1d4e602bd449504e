import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage } from '../../packages/web/test/support/browser.ts';
import type { WatchedPage } from '../../packages/web/test/support/browser.ts';
import { expectAccessible } from './support/both-themes.ts';
import { changeDatabase } from './support/change-database.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { makeFirstAdministrator } from './support/steps.ts';

const run = promisify(execFile);
const cli = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname;

let rollcall: Rollcall;
let browser: Browser;
let opened: WatchedPage;
let japanese: WatchedPage;
let folder: string;

/** The database refuses to write an event of this kind down, as it would with no room left or when it breaks. */
const refuseEvent = (kind: string, state: string): readonly string[] => [
  `CREATE OR REPLACE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.kind = '${kind}' THEN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END IF; RETURN new; END $$`,
  'CREATE OR REPLACE TRIGGER refuse_event BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_event()',
];

async function messageOf(page: Page, begin: () => Promise<void>): Promise<string> {
  const before = page.url();
  await begin();
  const alert = page.getByRole('alert').last();
  await alert.waitFor();
  const text = await alert.innerText();
  // The screen is still there, and nothing was saved.
  expect(page.url()).toBe(before);
  await alert.getByRole('button').click();
  await alert.waitFor({ state: 'detached' });
  return text;
}

describe.skipIf(!hasBrowser)('downloads', () => {
  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: 20 } });
    folder = await mkdtemp('/tmp/rollcall-downloads-');
    browser = await launchBrowser();
    const expectedStatuses = [403, 507];
    opened = await makeFirstAdministrator(browser, rollcall, { expectedStatuses });
    japanese = await openPage(browser, rollcall.url, { language: 'ja', expectedStatuses });
    await japanese.context.addCookies(await opened.context.cookies());
  });
  afterAll(async () => {
    await opened.close();
    await japanese.close();
    await browser.close();
    await rollcall.close();
    await rm(folder, { recursive: true });
  });

  test('a backup is downloaded whole, and verified by the command line', async () => {
    const { page } = opened;
    await page.goto(`${rollcall.url}/settings?tab=backup`);
    await page.getByText('Not yet').waitFor();
    await expectAccessible(page);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Make a backup' }).click()]);
    expect(file.suggestedFilename()).toMatch(/^rollcall-\d{8}T\d{4}\.backup$/u);
    const path = `${folder}/${file.suggestedFilename()}`;
    await file.saveAs(path);
    await page.getByText('rollcall backup verify FILE.').waitFor();
    await page.getByText('Not yet').waitFor({ state: 'detached' });
    const { stdout } = await run(process.execPath, [cli, 'backup', 'verify', path], { env: { PATH: process.env['PATH'], HOME: folder, ROLLCALL_DATA: folder } });
    expect(stdout).toContain('is whole');
    expect(opened.problems).toEqual([]);
  });

  test('a refused, impossible or broken backup is a sentence on the screen, in English and Japanese', async () => {
    const begin = { en: () => opened.page.getByRole('button', { name: 'Make a backup' }).click(), ja: () => japanese.page.getByRole('button', { name: 'バックアップを作成' }).click() };
    await japanese.page.goto(`${rollcall.url}/settings?tab=backup`);
    const said = async (): Promise<readonly [string, string]> => [await messageOf(opened.page, begin.en), await messageOf(japanese.page, begin.ja)];

    await changeDatabase(rollcall, "INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'Another')");
    const refused = await said();
    expect(refused[0]).toContain('rollcall backup FILE');
    expect(refused[1]).toContain('バックアップには全ワークスペースが含まれます');
    await changeDatabase(rollcall, "DELETE FROM workspace WHERE name = 'Another'", ...refuseEvent('backup.begun', '53100'));
    const full = await said();
    expect(full[0]).toContain('The disk of the server is full');
    expect(full[1]).toContain('空き容量を確保');
    // Everything was sent but the last line, and then the server fails.
    await changeDatabase(rollcall, ...refuseEvent('backup.made', 'XX000'));
    const broken = await said();
    expect(broken[0]).toContain('Nothing was saved');
    expect(broken[1]).toContain('ダウンロードが中断されました');
    await changeDatabase(rollcall, 'DROP TRIGGER refuse_event ON audit_event');
    const [file] = await Promise.all([japanese.page.waitForEvent('download'), begin.ja()]);
    await file.saveAs(`${folder}/again.backup`);
    await expectAccessible(japanese.page);
  });

  test('so is an export of the audit trail by somebody who was limited meanwhile', async () => {
    const { page } = opened;
    await page.goto(`${rollcall.url}/audit`);
    const [trail] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
    expect(trail.suggestedFilename()).toContain('audit');
    await changeDatabase(rollcall, "UPDATE role_grant SET role = 'viewer'");
    expect(await messageOf(page, () => page.getByRole('button', { name: 'Export' }).click())).toContain('You may not do this');
  });
});
