// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { checkout, inCheckout, say } from './checkout.mjs';
import { exclusively } from './exclusively.mjs';
import { runNpm } from './npm.mjs';

const stampFile = inCheckout('node_modules', '.rollcall-install');

function wantedStamp() {
  const lock = createHash('sha256').update(readFileSync(inCheckout('package-lock.json'))).digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}

function isInstalled() {
  try {
    return readFileSync(stampFile, 'utf8') === wantedStamp();
  } catch {
    return false;
  }
}

/** Installs exactly what package-lock.json says, by the given Node, when that has changed since the last time. @param {string} node */
export function ensurePackages(node) {
  if (isInstalled()) return;
  exclusively('install', () => {
    if (isInstalled()) return;
    say('Installing the packages that package-lock.json names (once; a minute or two on a fresh machine) …');
    const startedAt = Date.now();
    // Said outright, because NODE_ENV=production or a user's npmrc would leave out what building the web app needs.
    runNpm(node, checkout, ['ci', '--include=dev', '--include=optional']);
    writeFileSync(stampFile, wantedStamp());
    say(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
  });
}
