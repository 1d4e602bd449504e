import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the demo keeps its database: in the checkout, never in the data folder of a real installation; or in the machine's temporary folder when we
 * are root and the database's user could not pass through to the checkout.
 */
export async function demoFolder(): Promise<string> {
  const own = fileURLToPath(new URL('../../../../.rollcall/demo', import.meta.url));
  return (await isReachable(own)) ? own : path.join(tmpdir(), `rollcall-demo-${process.getuid?.() ?? 0}`);
}

/** PostgreSQL runs as nobody when we are root; every folder on the way must let it pass. */
async function isReachable(folder: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return true;
  for (let parent = path.dirname(folder); parent !== path.dirname(parent); parent = path.dirname(parent)) {
    const facts = await stat(parent).catch(() => null);
    if (facts !== null && (facts.mode & 0o001) === 0) return false;
  }
  return true;
}

/** Whether a folder is there and its owner is who runs this: another user could have put one into the temporary folder, to be sent our keys. */
export async function isOurs(folder: string): Promise<boolean> {
  const facts = await stat(folder).catch(() => null);
  return facts !== null && (process.getuid === undefined || facts.uid === process.getuid());
}
