// Plain JavaScript for Node 20: the bootstrap calls it. Needs the packages to be installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { inCheckout, say, SetupProblem } from './bootstrap/checkout.mjs';
import { exclusively } from './bootstrap/exclusively.mjs';

const web = inCheckout('packages', 'web');
const stampFile = inCheckout('node_modules', '.rollcall-web');
/** What the built web app is made of: its own folder, the packages it imports, and the versions of the rest. */
const ingredients = [web, inCheckout('packages', 'contract', 'src'), inCheckout('packages', 'core', 'src'), inCheckout('package-lock.json')];
const notIngredients = new Set(['dist', 'dist-gallery', 'node_modules', 'test']);

function addToDigest(digest, folder, entries) {
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!notIngredients.has(entry.name)) addToDigest(digest, path, readdirSync(path, { withFileTypes: true }));
    } else digest.update(`${path}\0`).update(readFileSync(path));
  }
}

function wantedStamp() {
  const digest = createHash('sha256');
  for (const path of ingredients) {
    if (path.endsWith('.json')) digest.update(readFileSync(path));
    else addToDigest(digest, path, readdirSync(path, { withFileTypes: true }));
  }
  return digest.digest('hex');
}

function isBuilt(stamp) {
  return existsSync(join(web, 'dist', 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

function build(node) {
  say('Building the web app (its sources have changed since the last time) …');
  const startedAt = Date.now();
  const vite = inCheckout('node_modules', 'vite', 'bin', 'vite.js');
  const env = { ...process.env, NODE_ENV: 'production', PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const result = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: web, env, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new SetupProblem(`The web app could not be built:\n${[result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n').trim()}`);
  }
  say(`Web app built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Builds packages/web into its dist folder, unless what is there was built from the same sources. @param {string} node Node 24 */
export function ensureWebBuilt(node) {
  if (isBuilt(wantedStamp())) return;
  exclusively('web-build', () => {
    const stamp = wantedStamp();
    if (isBuilt(stamp)) return;
    build(node);
    writeFileSync(stampFile, stamp);
  });
}

/** Vitest's hook before the browser tests. */
export function setup() {
  ensureWebBuilt(process.execPath);
}

if (import.meta.filename === process.argv[1]) setup();
