// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { inCheckout } from './checkout.mjs';

/**
 * Runs a program by the given Node in place of this process: same terminal, same signals, same exit code.
 * @param {string} node @param {string[]} args @param {string} folder the folder the program stands in
 * @param {Record<string, string | undefined>} [env]
 */
export function handOver(node, args, folder, env = process.env) {
  const path = [dirname(node), inCheckout('node_modules', '.bin'), env.PATH ?? ''].join(delimiter);
  const child = spawn(node, args, { cwd: folder, stdio: 'inherit', env: { ...env, PATH: path } });
  // A terminal sends Ctrl-C to the whole group, so the program has it already; a second one would mean "stop at once".
  const pass = (signal) => () => signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal);
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, pass(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const [name, handler] of handlers) process.off(name, handler);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}
