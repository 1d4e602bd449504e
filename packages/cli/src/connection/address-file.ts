import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Beside the local token: where the server of this data folder listens, so that other commands find it on any port. */
function addressFile(dataFolder: string): string {
  return path.join(dataFolder, 'server-address');
}

/** Written by `serve` and `demo` once they listen. */
export async function announceServer(dataFolder: string, url: string): Promise<void> {
  await writeFile(addressFile(dataFolder), `${url}\n`, { mode: 0o600 });
}

/** Taken away at the end. After a kill it stays; then nobody answers there, and commands go on without. */
export async function withdrawServer(dataFolder: string): Promise<void> {
  await rm(addressFile(dataFolder), { force: true });
}

/** Where the server of a data folder said it listens; null when it said nothing. */
export async function announcedServer(dataFolder: string): Promise<string | null> {
  return readTrimmed(addressFile(dataFolder));
}

/** The text of a small file; null when there is none or it may not be read. */
export async function readTrimmed(file: string): Promise<string | null> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? null : text;
  } catch {
    return null;
  }
}
