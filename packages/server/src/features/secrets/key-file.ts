import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeOnce } from '../../app/write-once.ts';
import { createKeyRing } from './key-ring.ts';
import type { KeyRing } from './key-ring.ts';

const heading = '# Rollcall secret keys, base64, the current one first. Keep a copy apart from the backups of the database.';

/** `secret.key` in the data folder: outside the database and its backups. */
function keyFilePath(dataFolder: string): string {
  return path.join(dataFolder, 'secret.key');
}

/** The keys of the data folder; the first start makes one. Throws with the file's name when it cannot be used. */
export async function ensureKeyFile(dataFolder: string): Promise<KeyRing> {
  const file = keyFilePath(dataFolder);
  if (!existsSync(file)) await writeOnce(file, textOf([randomBytes(32)]));
  return readKeyFile(file);
}

/** Replaces the keys in the file, by a new file that takes the old one's place at once. */
export async function writeKeyFile(dataFolder: string, keys: readonly Buffer[]): Promise<void> {
  const file = keyFilePath(dataFolder);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(textOf(keys));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

async function readKeyFile(file: string): Promise<KeyRing> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(file, 0o600);
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => Buffer.from(line, /^[0-9a-f]{64}$/iu.test(line) ? 'hex' : 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length !== 32)) {
    throw new Error(`${file} does not hold keys of 32 bytes, one a line. Put the saved copy of the file back; without it stored API keys cannot be read and must be entered again.`);
  }
  return createKeyRing(keys, file);
}

function textOf(keys: readonly Buffer[]): string {
  return [heading, ...keys.map((key) => key.toString('base64')), ''].join('\n');
}
