import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';

it.each(['SIGTERM', 'SIGINT'] as const)('the first %s is heard and lets things end in order, a second one ends the program at once', async (name) => {
  const child = fork(new URL('interruption.fixture.ts', import.meta.url), [], { execArgv: ['--no-warnings'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await once(child, 'message')).toContain('ready');
  const heard = once(child, 'message');
  child.kill(name);
  expect(await heard).toContain('heard');
  expect(child.exitCode).toBeNull();
  const ended = once(child, 'exit');
  child.kill(name);
  expect(await ended).toEqual([130, null]);
});
