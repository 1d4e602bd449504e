import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Kills the processes of the database, the postmaster first so that it puts nothing in order: power loss for the database as well. */
export async function killDatabase(dataFolder: string): Promise<void> {
  const file = await readFile(`${dataFolder}/postgres/data/postmaster.pid`, 'utf8').catch(() => readFile(`${dataFolder}/postgres/postmaster.pid`, 'utf8'));
  const postmaster = Number(file.split('\n')[0]);
  const children = await childrenOf(postmaster);
  for (const pid of [postmaster, ...children]) killIfThere(pid);
  await wait(20);
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  const parents = await Promise.all(names.filter((name) => /^\d+$/u.test(name)).map(async (name) => ({ pid: Number(name), stat: await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') })));
  return parents.filter(({ stat }) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent).map(({ pid }) => pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
