// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { SetupProblem } from './checkout.mjs';

const isNpm = (file) => file !== undefined && /npm-cli\.[cm]?js$/u.test(file) && existsSync(file);

function besideNode() {
  const bin = dirname(process.execPath);
  return [
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => existsSync(file));
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const program = join(folder, 'npm');
    if (folder === '' || !existsSync(program)) continue;
    const real = realpathSync(program);
    const found = [real, join(dirname(real), 'npm-cli.js'), join(dirname(real), 'node_modules', 'npm', 'bin', 'npm-cli.js')].find((file) => isNpm(file));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** npm's own program file: the npm that called us, else the one installed beside Node, else the one on the PATH. */
function npmCli() {
  const called = process.env.npm_execpath;
  const found = isNpm(called) ? called : (besideNode() ?? onPath());
  if (found === undefined) throw new SetupProblem('npm was not found. Install npm (it comes with Node.js from nodejs.org) and try again.');
  return found;
}

/**
 * Runs npm by the given Node: npm decides by the Node it runs on which optional native packages it installs.
 * Quiet unless it fails.
 * @param {string} node @param {string} folder @param {string[]} args
 */
export function runNpm(node, folder, args) {
  const result = spawnSync(node, [npmCli(), ...args, '--prefix', folder, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  });
  if (result.status === 0) return;
  const detail = [result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n').trim();
  throw new SetupProblem(`npm ${args[0]} did not succeed:\n${detail}\n\nCheck the network connection and the space on the disk, then run the same command again.`);
}
