import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { TrueAccount } from '@rollcall/sandbox';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import type { Effects, Unit } from '../unit.ts';
import { effectsOf, judgeRun } from './judge-run.ts';
import type { RunFacts } from './judge-run.ts';
import { findOrOrder, rowsOf } from './order-plan.ts';
import { addTrouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

/** Somebody's ways to Jira. */
export const pathsOf = (account: TrueAccount | undefined, jira: string): readonly string[] =>
  (account?.access.find((one) => one.resourceId === jira)?.paths ?? []).map((path) => (path.kind === 'group' ? path.groupId : path.role)).toSorted();

/** A plan that takes Jira from unused accounts is made and applied; one of the people becomes an administrator in between. */
export class RunUnit implements Unit {
  readonly kind = 'run';
  readonly place: Place;
  readonly label: string;
  /** Ways to Jira of those whom the plan acts on, before. */
  readonly before = new Map<string, readonly string[]>();
  runId: string | null = null;
  readonly #trouble: Trouble;
  #people: readonly number[];
  #drifted = '';
  #from: number | null = null;
  #to = 0;
  #interfered = false;
  #over = false;
  /** How everybody stood at its end; an undo comes later. */
  #after: ReadonlyMap<string, readonly string[]> = new Map();

  /** `earlier`: the run in the same place that was undone; the same people are taken. */
  constructor(place: Place, n: number, trouble: Trouble, earlier: RunUnit | null) {
    this.place = place;
    this.label = `run ${n} of ${place.name} (${trouble})`;
    this.#trouble = trouble;
    this.#people = earlier?.people ?? [];
  }

  async step(client: Client): Promise<boolean> {
    if (this.runId === null) return this.#begin(client);
    const runId = this.runId;
    const run = await client.call(routes.runs.get, { params: { runId } });
    if (this.#trouble === 'readOnly') await this.#interfere(client, run.state, runId);
    if (!['done', 'stopped', 'cancelled'].includes(run.state)) return false;
    if (!this.#over) {
      this.#to = this.place.sandbox.journal.length;
      this.#after = new Map([...this.before.keys()].map((id) => [id, pathsOf(this.place.sandbox.truth.account(id), this.place.jira)]));
      this.place.sandbox.mutate({ kind: 'removeOrgAdmin', accountId: this.#drifted });
      this.place.sandbox.faults.clear();
      this.#over = true;
    }
    // The inventory knows from the run that this is an administrator. Read again, or the next run would have one person less.
    const accountId = this.#people.at(-1);
    if (accountId !== undefined) await client.call(routes.inventory.recheck, { params: { accountId } });
    return true;
  }

  async #begin(client: Client): Promise<boolean> {
    const plan = await findOrOrder(client, this.place, this.label, this.#people);
    if (plan.state === 'building') return false;
    if (plan.state === 'ready' && this.#from === null) {
      const rows = (await rowsOf(client, plan.id)).filter((row) => row.decision === 'act');
      const acting = rows.map((row) => row.vendorId);
      this.#people = rows.map((row) => row.accountId);
      for (const id of acting) this.before.set(id, pathsOf(this.place.sandbox.truth.account(id), this.place.jira));
      this.#drifted = acting.at(-1) ?? '';
      this.place.sandbox.mutate({ kind: 'makeOrgAdmin', accountId: this.#drifted });
      addTrouble(this.place.sandbox, this.#trouble);
      this.#from = this.place.sandbox.journal.length;
    }
    this.runId = plan.runId ?? (await client.call(routes.plans.apply, { params: { planId: plan.id }, body: { digest: plan.digest ?? '', sourceName: this.place.name, people: plan.typeBack } })).id;
    return false;
  }

  /** Somebody closes the source to changes in the middle; once the run has paused itself it is opened again, and the run resumed. */
  async #interfere(client: Client, state: string, runId: string): Promise<void> {
    const { sourceId } = this.place;
    if (state === 'running' && !this.#interfered) {
      await client.call(routes.sources.change, { params: { sourceId }, body: { readOnly: true } });
      this.#interfered = true;
    }
    if (state === 'paused') {
      await client.call(routes.sources.change, { params: { sourceId }, body: { readOnly: false } });
      await client.call(routes.runs.resume, { params: { runId } });
    }
  }

  async judge(client: Client, audit: AuditEvents): Promise<readonly string[]> {
    const problems = [...(await judgeRun(client, audit, this.#facts()))];
    for (const [id, before] of this.before) {
      const now = this.#after.get(id) ?? [];
      if (id === this.#drifted) {
        if (now.join() !== before.join()) problems.push(`${id} became an administrator and was touched`);
      } else if (now.length > 0) problems.push(`${id} still has Jira`);
    }
    return problems;
  }

  /** Their ids in the inventory. */
  get people(): readonly number[] {
    return this.#people;
  }

  /** Whom the run was to take Jira from. */
  get touched(): ReadonlySet<string> {
    return new Set([...this.before.keys()].filter((id) => id !== this.#drifted));
  }

  #facts(): RunFacts {
    return { place: this.place, runId: this.runId ?? '', chosen: this.touched, from: this.#from ?? 0, to: this.#to };
  }

  effects(): Effects {
    const intended = [...this.before].filter(([id]) => id !== this.#drifted).reduce((sum, [, paths]) => sum + paths.length, 0);
    return { intended, seen: effectsOf(this.#facts()).length };
  }
}
