import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

export const checkout = dirname(dirname(import.meta.dirname));

/** A step that hangs is a failure with a name, not a silent night. */
const longestMinutes = 25;

export interface ProgramResult {
  readonly succeeded: boolean;
  /** stdout and stderr in the order they came. */
  readonly output: string;
}

const notForTests = new Set(['DATABASE_URL', 'FORCE_COLOR', 'NO_COLOR', 'NODE_ENV', 'NODE_OPTIONS', 'INIT_CWD']);

/** Settings of the person's own Rollcall must not reach the tests, and neither must what steers Node and colours. */
function testEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !notForTests.has(name) && !name.startsWith('ROLLCALL_'));
  const path = [dirname(process.execPath), join(checkout, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return { ...Object.fromEntries(inherited), ...colour, ...extra, PATH: path };
}

/** Runs a program in the checkout and keeps what it prints. Never rejects: a program that cannot start has failed. */
export async function runProgram(program: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
  return await new Promise((resolve) => {
    const chunks: string[] = [];
    const child = spawn(program, args, { cwd: checkout, env: testEnvironment(extra), stdio: ['ignore', 'pipe', 'pipe'] });
    const limit = setTimeout(() => {
      chunks.push(`\nStopped: not finished after ${longestMinutes} minutes.\n`);
      child.kill('SIGKILL');
    }, longestMinutes * 60_000);
    const collect = (chunk: string): void => void chunks.push(chunk);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => {
      clearTimeout(limit);
      resolve({ succeeded: false, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ succeeded: code === 0, output: chunks.join('') });
    });
  });
}

/** Runs a JavaScript program of node_modules by the Node that runs this one. */
export async function runTool(path: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
  return await runProgram(process.execPath, [join(checkout, 'node_modules', path), ...args], extra);
}
