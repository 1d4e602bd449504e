import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { backupRoutes, routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { migrationsFolder } from '../../../packages/server/src/db/index.ts';
import { readAudit } from '../audit-chain.ts';
import { standby } from '../node-under-test.ts';
import { makePlaces } from '../places.ts';
import type { Place } from '../places.ts';
import type { RestoreKill, RestorePoint } from './restore-kills.ts';
import { startRestore } from './restore-process.ts';
import type { RestoreStop } from './restore-report.ts';
import { differences, readContents } from './table-contents.ts';
import type { Contents } from './table-contents.ts';

export interface RestoreSweepReport {
  readonly fell: readonly { readonly point: RestorePoint | 'random'; readonly side: 'before' | 'after' | null; readonly withDatabase: boolean }[];
  readonly missed: readonly string[];
  readonly violations: readonly string[];
  /** Commits of a restore that nobody disturbs: into an installation, and into an empty folder (one for each step of the schema besides). */
  readonly commits: { readonly replace: number; readonly empty: number; readonly steps: number };
  /** How many of the killed restores had taken effect. */
  readonly tookEffect: number;
}

export interface RestoreSweepOptions {
  readonly kills: readonly RestoreKill[];
  readonly users: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

/** A backup, and what an installation holds after a restore of it that nobody disturbs. */
interface Backup {
  readonly file: string;
  readonly restored: Contents;
}

/** Hold when they were restored, besides what is in the file: compared by number. */
const timed = new Set(['public.workspace', 'public.audit_event', 'public.audit_payload', 'public.audit_head', 'upgrade.migration']);

/**
 * Kills `rollcall restore` again and again, and looks each time at what the database holds: all of it as before, or all of it as a restore that nobody disturbed leaves it; then
 * whoever restores again gets what is in the file.
 */
export async function restoreSweep(options: RestoreSweepOptions): Promise<RestoreSweepReport> {
  const folder = await mkdtemp('/tmp/rollcall-restore-');
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o755);
  try {
    return await new RestoreSweep(folder, options).all();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}

class RestoreSweep {
  readonly #folder: string;
  readonly #options: RestoreSweepOptions;
  readonly #fell: RestoreSweepReport['fell'][number][] = [];
  readonly #missed: string[] = [];
  readonly #violations: string[] = [];
  readonly #home: string;
  readonly #usualMs = { replace: 0, empty: 0 };
  #steps = 0;
  #tookEffect = 0;
  #name = '';

  constructor(folder: string, options: RestoreSweepOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#home = `${folder}/home`;
  }

  async all(): Promise<RestoreSweepReport> {
    this.#steps = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).length;
    const files = await this.#makeBackups();
    const empty = await this.#undisturbed(await this.#emptyFolder('undisturbed'), files[0], null);
    const [first, second] = [await this.#undisturbed(this.#home, files[0], this.#name), await this.#undisturbed(this.#home, files[1], this.#name)];
    if (differences(first.restored, second.restored).length < 3) throw new Error('The two backups hold the same: nothing could be told apart.');
    let [next, other]: [Backup, Backup] = [first, second];
    for (const [n, kill] of this.#options.kills.entries()) {
      const began = Date.now();
      await (kill.course === 'empty' ? this.#intoEmpty(kill, first, n) : this.#over(kill, next));
      if (kill.course === 'replace') [next, other] = [other, next];
      this.#options.log?.(`${this.#fell.length}/${this.#options.kills.length} restore (${kill.course}) ${labelOf(kill)} (${Date.now() - began} ms)`);
    }
    await this.#lastLook();
    return { fell: this.#fell, missed: this.#missed, violations: this.#violations, commits: { replace: first.commits, empty: empty.commits, steps: this.#steps }, tookEffect: this.#tookEffect };
  }

  /** Two backups of one installation: the second holds another organisation besides, and a plan. */
  async #makeBackups(): Promise<readonly [string, string]> {
    await mkdir(this.#home, { mode: 0o755 });
    const node = await standby(this.#home).start();
    const { client } = node;
    this.#name = (await client.call(routes.session.me, {})).workspace.name;
    const places = await makePlaces(client, 2, this.#options.users, this.#options.seed);
    const files = [`${this.#folder}/first.backup`, `${this.#folder}/second.backup`] as const;
    for (const [n, place] of places.entries()) {
      await synced(client, place);
      const answer = await client.open(backupRoutes.download, {});
      await writeFile(files[n] ?? '', Buffer.from(await answer.arrayBuffer()));
    }
    await node.kill(true);
    for (const { sandbox } of places) await sandbox.close();
    return files;
  }

  async #undisturbed(dataFolder: string, file: string, replace: string | null): Promise<Backup & { readonly commits: number }> {
    const restore = startRestore(dataFolder, file, replace, null);
    const began = await Promise.race([restore.begun.then(() => Date.now()), restore.ended.then(() => 0)]);
    const { code, said, commits } = await restore.ended;
    this.#usualMs[replace === null ? 'empty' : 'replace'] = Date.now() - began;
    if (code !== 0) throw new Error(`A restore that nobody disturbed ended with ${code}: ${said}`);
    return { file, commits, restored: await readContents(dataFolder) };
  }

  async #over(kill: RestoreKill, backup: Backup): Promise<void> {
    const before = await readContents(this.#home);
    if (await this.#kill(kill, this.#home, backup.file, this.#name)) await this.#judge(kill, this.#home, backup, before, this.#name);
  }

  async #intoEmpty(kill: RestoreKill, backup: Backup, n: number): Promise<void> {
    const dataFolder = await this.#emptyFolder(`empty-${n}`);
    if (await this.#kill(kill, dataFolder, backup.file, null)) await this.#judge(kill, dataFolder, backup, null, this.#name);
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }

  async #emptyFolder(name: string): Promise<string> {
    const dataFolder = `${this.#folder}/${name}`;
    await mkdir(dataFolder, { mode: 0o755 });
    await copyFile(`${this.#home}/secret.key`, `${dataFolder}/secret.key`);
    return dataFolder;
  }

  /** False: it ended before the kill could fall. */
  async #kill(kill: RestoreKill, dataFolder: string, file: string, replace: string | null): Promise<boolean> {
    const { when } = kill;
    const restore = startRestore(dataFolder, file, replace, this.#stopOf(kill));
    const moment = 'share' in when ? restore.begun.then(() => wait(when.share * this.#usualMs[kill.course])) : restore.reached;
    const first = await Promise.race([moment.then(() => null), restore.ended]);
    if (first !== null && !('share' in when)) {
      this.#missed.push(`restore (${kill.course}): ${labelOf(kill)} (it ended with ${first.code}: ${first.said.trim()})`);
      return false;
    }
    // One that was done before its random moment came is judged all the same: as done.
    if (first === null) await restore.kill(kill.withDatabase);
    this.#fell.push('share' in when ? { point: 'random', side: null, withDatabase: kill.withDatabase } : { point: when.point, side: when.side, withDatabase: kill.withDatabase });
    return true;
  }

  #stopOf({ course, when }: RestoreKill): RestoreStop {
    if ('share' in when) return null;
    // In an empty folder the steps of the schema come first.
    const nth = when.point === 'restore.migrated' ? Math.ceil(this.#steps / 2) : course === 'empty' ? this.#steps + 1 : 1;
    return { side: when.side, nth };
  }

  /** All or nothing; then restored again. `before` null: there was nothing. */
  async #judge(kill: RestoreKill, dataFolder: string, backup: Backup, before: Contents | null, name: string): Promise<void> {
    const label = `restore (${kill.course}) killed ${labelOf(kill)}${kill.withDatabase ? ' with its database' : ''}`;
    const is = await readContents(dataFolder);
    const toBefore = before === null ? rowsOf(is) : differences(is, before);
    const toRestored = differences(is, backup.restored, timed);
    if (toRestored.length === 0) this.#tookEffect += 1;
    if (toBefore.length > 0 && toRestored.length > 0) this.#violations.push(`${label}: neither as before (${toBefore.join(', ')}) nor restored (${toRestored.join(', ')})`);
    if ('side' in kill.when) {
      const done = kill.when.side === 'after' && kill.when.point === 'restore.replaced';
      if ((done ? toRestored : toBefore).length > 0) this.#violations.push(`${label}: ${done ? 'its commit was lost' : 'something changed without a commit'}`);
    }
    const holds = toRestored.length === 0 || before !== null;
    const again = await startRestore(dataFolder, backup.file, holds ? name : null, null).ended;
    if (again.code !== 0) this.#violations.push(`${label}: restoring again ended with ${again.code}: ${again.said.trim()}`);
    const wrong = differences(await readContents(dataFolder), backup.restored, timed);
    if (wrong.length > 0) this.#violations.push(`${label}: restored again, ${wrong.join(', ')} are not as they should be`);
  }

  /** The real node goes on with what was restored: everything paused, the trail without a gap, the restore in it once. */
  async #lastLook(): Promise<void> {
    const node = await standby(this.#home).start();
    const audit = await readAudit(node.client);
    this.#violations.push(...audit.problems);
    const restores = audit.of('backup.restored').length;
    if (restores !== 1) this.#violations.push(`the audit trail of a restored installation tells of ${restores} restores instead of one`);
    if ((await node.client.call(routes.session.me, {})).paused === null) this.#violations.push('a restored installation is not paused');
    await node.kill(true);
  }
}

function labelOf({ when }: RestoreKill): string {
  return 'share' in when ? `after ${Math.round(when.share * 100)} % of its time` : `${when.side} ${when.point}`;
}

/** Tables of the product that hold something, in an installation that has none of anything. */
function rowsOf(is: Contents): readonly string[] {
  return [...is].filter(([name, { rows }]) => name !== 'upgrade.migration' && rows > 0).map(([name]) => name);
}

async function synced(client: Client, { sourceId, name }: Place): Promise<void> {
  await client.call(routes.sources.sync, { params: { sourceId } });
  for (;;) {
    const { items } = await client.call(routes.sources.syncs, { params: { sourceId } });
    if (items[0]?.state === 'done') return;
    if (items[0]?.state === 'failed') throw new Error(`The sync of ${name} failed.`);
    await wait(100);
  }
}
