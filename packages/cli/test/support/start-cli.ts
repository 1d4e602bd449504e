import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface CliEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Exit code 0, else shows what was said on standard error. */
export function expectDone(end: CliEnd): void {
  expect({ code: end.code, err: end.code === 0 ? '' : end.err }).toEqual({ code: 0, err: '' });
}

type Environment = Readonly<Record<string, string>>;

function startProcess(args: readonly string[], environment: Environment) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { texts.out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { texts.err += chunk; });
  const ended = once(child, 'close').then((): CliEnd => ({ code: child.exitCode ?? -1, ...texts }));
  return { child, texts, ended };
}

/** Runs one command line in a process of its own, with `input` on its standard input, to its end. */
export async function cli(args: readonly string[], environment: Environment, input = ''): Promise<CliEnd> {
  const { child, ended } = startProcess(args, environment);
  child.stdin.end(input);
  return ended;
}

/** Starts a command that stays up, and waits until its output has a text. */
export async function cliUntil(args: readonly string[], environment: Environment, text: string) {
  const { child, texts, ended } = startProcess(args, environment);
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  child.stdout.on('data', () => { if (texts.out.includes(text)) resolve(undefined); });
  void ended.then(({ code, err }) => { reject(new Error(`ended with ${code}: ${err}`)); });
  await promise;
  const stop = async (): Promise<CliEnd> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { texts, stop, [Symbol.asyncDispose]: async (): Promise<void> => { await stop(); } };
}
