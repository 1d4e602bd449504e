import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeOnce } from '../../app/write-once.ts';
import { makeSecret } from './one-time-secret.ts';

export const localTokenPrefix = 'rcl_';

/** The file by which the CLI on this machine signs in: whoever can read the data folder's owner's files is an administrator anyway. */
export function localTokenPath(dataFolder: string): string {
  return path.join(dataFolder, 'local-token');
}

/** The local CLI's token, made at the first start in a file that only its owner can read. */
export async function ensureLocalToken(dataFolder: string): Promise<string> {
  const file = localTokenPath(dataFolder);
  if (!existsSync(file)) await writeOnce(file, `${makeSecret(localTokenPrefix)}\n`);
  if (process.platform !== 'win32') await chmod(file, 0o600);
  const token = (await readFile(file, 'utf8')).trim();
  if (token.startsWith(localTokenPrefix) && token.length > 40) return token;
  throw new Error(`${file} does not hold a token. Remove the file and start again: a new one is made.`);
}
