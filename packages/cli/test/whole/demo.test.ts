import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliUntil, expectDone } from '../support/start-cli.ts';

const minute = 60_000;
let folder = '';
let data = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollcall-demo-'));
  await chmod(folder, 0o711);
  data = path.join(folder, 'demo');
});
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

interface Shown {
  readonly url: string | null;
  readonly signIn: string | null;
  readonly goOn: string | null;
  readonly sync: { readonly totals: { readonly accounts: number } };
  readonly totals: { readonly items: readonly { readonly holders: number }[] };
  readonly plan: { readonly id: string; readonly state: string; readonly totals: { readonly act: number } };
}

describe('the demo', { timeout: 3 * minute }, () => {
  it('connects, reads, answers, plans, on the next port when the first is taken, and says what starts it again', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => { taken.once('listening', resolve); });
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const end = await cli(['demo', '--users', '120', '--data', data, '--port', String(port), '--once', '--json'], {});
    taken.close();
    expectDone(end);
    expect(end.err).toContain(`Port ${port} is taken`);
    const shown = JSON.parse(end.out) as Shown;
    expect(shown.sync.totals.accounts).toBe(120);
    expect(shown.totals.items).toHaveLength(6);
    expect(shown.plan.state).toBe('ready');
    // It has ended: its address would lead nowhere.
    expect(shown).toMatchObject({ url: null, signIn: null, goOn: `npm run demo -- --keep --data ${data}` });
  });

  it('stays up, is found by other commands, is not started twice, and goes on with --keep', async () => {
    await using demo = await cliUntil(['demo', '--data', data, '--port', '0', '--keep'], {}, 'Go on');
    expect(demo.texts.err).toContain('Going on with the last demo');
    expect(demo.texts.out).toMatch(/In the browser +http:\/\/127\.0\.0\.1:\d+\/setup\?token=/);
    expect(demo.texts.out).toMatch(/Last 3 months: \d{4}-\d\d-01 to \d{4}-\d\d-\d\d/);
    const second = await cli(['demo', '--data', data, '--once'], {});
    expect(second).toMatchObject({ code: 1 });
    expect(second.err).toContain('A demo runs already');
    const plans = await cli(['plan', 'list', '--json'], { ROLLCALL_DATA: data });
    expect(JSON.parse(plans.out)).toHaveLength(2);
    expect(await demo.stop()).toMatchObject({ code: 0 });
  });

  it('leaves a folder alone that is no demo', async () => {
    const other = path.join(folder, 'other');
    await mkdir(other);
    await writeFile(path.join(other, 'thesis.txt'), 'mine');
    const end = await cli(['demo', '--data', other, '--once'], {});
    expect(end).toMatchObject({ code: 1 });
    expect(end.err).toContain('is not a demo of yours');
  });
});
