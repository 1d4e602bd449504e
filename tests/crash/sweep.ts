import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { CommitPoint } from '@rollcall/server';
import { readAudit } from './audit-chain.ts';
import { ofTheFirstSync } from './kills.ts';
import type { Kill } from './kills.ts';
import { standby } from './node-under-test.ts';
import type { NodeUnderTest, StandbyNode } from './node-under-test.ts';
import { makePlaces } from './places.ts';
import type { Place } from './places.ts';
import type { SweepOptions, SweepReport } from './sweep-report.ts';
import type { Kind, Unit } from './unit.ts';
import { BackupUnit } from './units/backup-unit.ts';
import { ImportUnit } from './units/import-unit.ts';
import { PlanUnit } from './units/plan-unit.ts';
import { RunUnit } from './units/run-unit.ts';
import { SyncUnit } from './units/sync-unit.ts';
import { UndoUnit } from './units/undo-unit.ts';
import { whileDown } from './while-down.ts';

/** The kills in the order in which they are made: kinds that share commits never at the same time, so that a kill falls in the kind it is meant for. */
const phases: readonly (readonly Kind[])[] = [['sync', 'import', 'plan', 'backup'], ['run'], ['undo']];

/** Kills one node after the other in the middle of work, each restarted on the same data, and judges in the end what came of all the work. */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const folder = await mkdtemp('/tmp/rollcall-crash-');
  const run = new Sweep(folder, options);
  try {
    return await run.all();
  } finally {
    await run.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}

/** Only ends what hangs: on a busy machine everything can take many times as long. */
const stuckAfterMs = 180_000;

class Sweep {
  readonly #folder: string;
  readonly #options: SweepOptions;
  readonly #units: Unit[] = [];
  readonly #open = new Set<Unit>();
  readonly #taken = new Map<Place, RunUnit>();
  readonly #undone = new Map<Place, RunUnit>();
  readonly #fell: SweepReport['fell'][number][] = [];
  readonly #missed: string[] = [];
  readonly #violations: string[] = [];
  readonly #seen = new Set<CommitPoint>();
  readonly #unnamed = new Map<string, { pool: string; statement: string }>();
  #places: readonly Place[] = [];
  #node: NodeUnderTest | null = null;
  #next: StandbyNode;
  #auditEvents = 0;
  #judged = 0;

  constructor(folder: string, options: SweepOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#next = standby(folder);
  }

  async all(): Promise<SweepReport> {
    const { places, users, seed, kills } = this.#options;
    this.#places = await makePlaces((await this.#start()).client, places, users, seed);
    await this.#firstSyncs();
    for (const phase of phases) {
      for (const kill of kills.filter((one) => phase.includes(one.kind))) await this.#one(kill);
      await this.#settle();
      await this.#judge();
    }
    this.#note(await this.#running());
    const effects = this.#units.map((unit) => unit.effects()).reduce((sum, one) => ({ intended: sum.intended + one.intended, seen: sum.seen + one.seen }), { intended: 0, seen: 0 });
    return { fell: this.#fell, missed: this.#missed, violations: this.#violations, units: this.#units.length, effects, auditEvents: this.#auditEvents, seen: this.#seen, unnamed: [...this.#unnamed.values()] };
  }

  /** The first of all syncs is killed while the inventory is empty; then every organisation is read. */
  async #firstSyncs(): Promise<void> {
    const [first, ...others] = this.#places;
    if (first === undefined) return;
    await this.#one({ kind: 'sync', when: { point: ofTheFirstSync, side: 'after', nth: 1 }, withDatabase: true });
    // What the very first start sets up is no work.
    this.#unnamed.clear();
    for (const place of others) this.#begin({ kind: 'sync', when: { afterMs: 0 }, withDatabase: false }, place);
    await this.#settle();
  }

  /** Begins a piece of work and kills the node in it. */
  async #one(kill: Kill): Promise<void> {
    const node = await this.#running();
    const place = await this.#freePlace(kill.kind);
    const unit = this.#begin(kill, place);
    const { when } = kill;
    if ('afterMs' in when) {
      await this.#work(node.client, unit, wait(when.afterMs, 'time' as const));
      await this.#crash(kill.withDatabase);
      this.#fell.push({ kind: kill.kind, point: 'random', side: null, withDatabase: kill.withDatabase });
      this.#options.log?.(`${this.#fell.length}/${this.#options.kills.length} ${kill.kind} after ${when.afterMs} ms`);
      return;
    }
    if (kill.atStart !== undefined || kill.meanwhile !== undefined) {
      if (kill.atStart === undefined) {
        // Nobody orders anything; how things stand is looked at once.
        await this.#step(node.client, unit);
      } else {
        node.arm({ point: kill.atStart, side: 'after', nth: 1 });
        await this.#work(node.client, unit, node.reached);
      }
      await this.#crash(kill.withDatabase);
      if (kill.meanwhile !== undefined) await whileDown(this.#folder, kill.meanwhile, place.sourceId);
      return this.#atStart(kill, when);
    }
    const began = Date.now();
    node.arm(when);
    const why = await this.#work(node.client, unit, node.reached);
    // Some commits come after the end that people see: a sync is done before what was staged for it goes.
    if (why === when.point || (await Promise.race([node.reached, wait(15_000, 'time' as const)])) === when.point) {
      await this.#crash(kill.withDatabase);
      this.#fell.push({ kind: kill.kind, point: when.point, side: when.side, withDatabase: kill.withDatabase });
    } else {
      node.arm(null);
      this.#missed.push(`${kill.kind}: ${when.side} ${when.point}`);
    }
    this.#options.log?.(`${this.#fell.length}/${this.#options.kills.length} ${kill.kind} ${when.side} ${when.point}${kill.withDatabase ? ' with its database' : ''} (${Date.now() - began} ms)`);
  }

  /** The next start stands still at the commit. */
  async #atStart(kill: Kill, when: { point: CommitPoint; side: 'before' | 'after'; nth: number }): Promise<void> {
    const node = await this.#start(when);
    const why = await Promise.race([node.reached, wait(30_000, null)]);
    if (why === when.point) this.#fell.push({ kind: kill.kind, point: when.point, side: when.side, withDatabase: kill.withDatabase });
    else this.#missed.push(`${kill.kind}: ${when.side} ${when.point} at the start`);
    await this.#crash(false);
  }

  #begin(kill: Kill, place: Place): Unit {
    const n = this.#units.length + 1;
    const trouble = kill.trouble ?? 'none';
    const unit = this.#unit(kill, place, n, trouble);
    this.#units.push(unit);
    this.#open.add(unit);
    return unit;
  }

  #unit(kill: Kill, place: Place, n: number, trouble: NonNullable<Kill['trouble']>): Unit {
    switch (kill.kind) {
      case 'sync':
        return new SyncUnit(place, kill.sync ?? 'plain');
      case 'import':
        return new ImportUnit(place, kill.import ?? 'first', n);
      case 'backup':
        return new BackupUnit(place, n);
      case 'plan':
        return new PlanUnit(place, n);
      case 'run':
        return new RunUnit(place, n, trouble, this.#undone.get(place) ?? null);
      case 'undo': {
        const run = this.#taken.get(place);
        if (run === undefined) throw new Error('There is nothing to undo.');
        return new UndoUnit(run, trouble === 'readOnly' ? 'none' : trouble);
      }
    }
  }

  /** Goes on with all open work until `unit` is at its end or `event` comes; says which. */
  async #work<T>(client: Client, unit: Unit, event: Promise<T>): Promise<T | 'ended'> {
    const stop = new AbortController();
    const giveUp = wait(stuckAfterMs, 'ended' as const, { signal: stop.signal }).catch(() => 'ended' as const);
    const working = this.#go(client, () => stop.signal.aborted || !this.#open.has(unit)).then(() => 'ended' as const);
    const why = await Promise.race([event, working, giveUp]);
    stop.abort();
    return why;
  }

  /** Each open piece of work goes its own way, as the people who ordered them do. */
  async #go(client: Client, over: () => boolean): Promise<void> {
    await Promise.all([...this.#open].map(async (unit) => {
      while (!over() && this.#open.has(unit)) {
        if (await this.#step(client, unit)) this.#end(unit);
        else await wait(60);
      }
    }));
  }

  async #step(client: Client, unit: Unit): Promise<boolean> {
    try {
      return await unit.step(client);
    } catch (error) {
      // The node was killed under the request, or says that it cannot now: whoever asked looks again later.
      if (error instanceof TypeError || error instanceof ProblemError || (error instanceof Error && /terminated|aborted/u.test(error.message))) {
        this.#lastWords.set(unit, error.message);
        return false;
      }
      throw error;
    }
  }
  readonly #lastWords = new Map<Unit, string>();

  #end(unit: Unit): void {
    this.#open.delete(unit);
    if (unit instanceof RunUnit) this.#taken.set(unit.place, unit);
    const run = this.#taken.get(unit.place);
    if (unit instanceof UndoUnit && run !== undefined) {
      this.#taken.delete(unit.place);
      this.#undone.set(unit.place, run);
    }
  }

  /** An organisation in which nothing goes on and which is as the work needs it. */
  async #freePlace(kind: Kind): Promise<Place> {
    const found = this.#freeNow(kind);
    if (found !== undefined) return found;
    await this.#settle();
    const settled = this.#freeNow(kind);
    if (settled !== undefined) return settled;
    // All runs are undone, or the other way round, and nobody is killed meanwhile.
    for (const place of this.#places) this.#begin({ kind: kind === 'undo' ? 'run' : 'undo', withDatabase: false, when: { afterMs: 0 } }, place);
    await this.#settle();
    const made = this.#freeNow(kind);
    if (made === undefined) throw new Error('No organisation becomes free.');
    return made;
  }

  #freeNow(kind: Kind): Place | undefined {
    const busy = new Set([...this.#open].map((unit) => unit.place));
    const idle = this.#places.filter((place) => !busy.has(place));
    return kind === 'sync' || kind === 'import' || kind === 'backup' ? idle[0] : idle.find((place) => this.#taken.has(place) === (kind === 'undo'));
  }

  /** Lets everything that is open come to its end by itself. */
  async #settle(): Promise<void> {
    const { client } = await this.#running();
    const giveUpAt = Date.now() + stuckAfterMs;
    await this.#go(client, () => Date.now() > giveUpAt);
    for (const unit of this.#open) {
      this.#violations.push(`${unit.label}: is not at its end three minutes after the last restart (${this.#lastWords.get(unit) ?? 'no error'})`);
      this.#open.delete(unit);
      this.#options.log?.(this.#violations.at(-1) ?? '');
    }
  }

  async #judge(): Promise<void> {
    const { client } = await this.#running();
    const audit = await readAudit(client);
    this.#auditEvents = audit.count;
    this.#violations.push(...audit.problems);
    for (const unit of this.#units.slice(this.#judged)) {
      for (const problem of await unit.judge(client, audit)) this.#violations.push(`${unit.label}: ${problem}`);
    }
    this.#judged = this.#units.length;
  }

  async #running(): Promise<NodeUnderTest> {
    return this.#node ?? this.#start();
  }

  async #start(stop: Parameters<StandbyNode['start']>[0] = null): Promise<NodeUnderTest> {
    const began = Date.now();
    const node = await this.#next.start(stop);
    this.#options.log?.(`started in ${Date.now() - began} ms`);
    this.#node = node;
    this.#next = standby(this.#folder);
    return node;
  }

  async #crash(withDatabase: boolean): Promise<void> {
    const node = this.#node;
    this.#node = null;
    if (node === null) return;
    await node.kill(withDatabase);
    this.#note(node);
  }

  #note(node: NodeUnderTest): void {
    for (const point of node.seen) this.#seen.add(point);
    for (const one of node.unnamed) this.#unnamed.set(`${one.pool} ${one.statement}`, one);
  }

  async close(): Promise<void> {
    this.#next.discard();
    if (this.#node === null) this.#node = await standby(this.#folder).start().catch(() => null);
    await this.#crash(true);
    for (const place of this.#places) await place.sandbox.close();
  }
}
