import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('what nobody caught is one line of the log, names nobody, and ends the program', async () => {
  const child = spawn(process.execPath, ['--no-warnings', fileURLToPath(new URL('end-on-uncaught.fixture.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  const [said, output] = await Promise.all([text(child.stderr), text(child.stdout)]);
  expect(await ended).toBe(1);
  expect(output).toBe('');
  const lines = said.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', error: { operation: 'users.search', status: 400 } });
  expect(said).not.toContain('Zebulon');
});
