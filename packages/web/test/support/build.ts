import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const web = join(import.meta.dirname, '../..');

export interface BuiltFolder {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** A production build of the gallery (`gallery`) or of the product's web app (`production`) in a temporary folder. */
export async function buildWeb(mode: 'gallery' | 'production'): Promise<BuiltFolder> {
  const folder = await mkdtemp(join(tmpdir(), `rollcall-web-${mode}-`));
  const vite = join(web, '../../node_modules/vite/bin/vite.js');
  // A process of its own: the test runner's NODE_ENV would put React's development build in.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [vite, 'build', '--mode', mode, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], { cwd: web, env });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
