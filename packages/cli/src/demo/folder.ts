import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { isOurs } from '../connection/demo-folder.ts';

/** What a demo is made from: the same world comes back for the same answers. */
const stateSchema = z.object({ users: z.number().int(), startedAt: z.string(), sandboxPort: z.number().int() });
export type DemoState = z.infer<typeof stateSchema>;

function stateFile(folder: string): string {
  return path.join(folder, 'demo.json');
}

export async function readState(folder: string): Promise<DemoState | null> {
  const text = await readFile(stateFile(folder), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export async function writeState(folder: string, state: DemoState): Promise<void> {
  await writeFile(stateFile(folder), `${JSON.stringify(state)}\n`);
}

/** Removes an earlier demo. Only a folder that is empty or holds a demo is touched. */
export async function clearFolder(folder: string): Promise<void> {
  const marked = (await stat(path.join(folder, 'demo-folder')).catch(() => null)) !== null && (await isOurs(folder));
  const there = await stat(folder).catch(() => null);
  if (there !== null && !marked) {
    if (!(await isOurs(folder)) || (await readdir(folder)).length > 0) throw new CliError(`${folder} is not a demo of yours, so it is left alone. Choose another folder with --data.`);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  await writeFile(path.join(folder, 'demo-folder'), 'Made by rollcall demo; it may be removed.\n');
}
