import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce } from '../unit.ts';
import type { Effects, Unit } from '../unit.ts';
import { effectsOf, judgeRun } from './judge-run.ts';
import type { RunFacts } from './judge-run.ts';
import { pathsOf } from './run-unit.ts';
import type { RunUnit } from './run-unit.ts';
import { addTrouble } from './trouble.ts';
import type { Trouble } from './trouble.ts';

/** A finished run is undone: its undo plan is made and applied. */
export class UndoUnit implements Unit {
  readonly kind = 'undo';
  readonly place: Place;
  readonly label: string;
  readonly #run: RunUnit;
  readonly #trouble: Trouble;
  readonly #orders = new Set<string>();
  #planId: string | null = null;
  #runId: string | null = null;
  #from: number | null = null;
  #to = 0;
  #after: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(run: RunUnit, trouble: Trouble) {
    this.place = run.place;
    this.label = `undo of ${run.label} (${trouble})`;
    this.#run = run;
    this.#trouble = trouble;
  }

  async step(client: Client): Promise<boolean> {
    if (this.#from === null) {
      addTrouble(this.place.sandbox, this.#trouble);
      this.#from = this.place.sandbox.journal.length;
    }
    // An order that was given already is answered with the same plan.
    this.#planId ??= (await client.call(routes.runs.undo, { params: { runId: this.#run.runId ?? '' } })).id;
    const planId = this.#planId;
    const plan = await client.call(routes.plans.get, { params: { planId } });
    this.#orders.add(plan.id);
    if (plan.state === 'building') return false;
    this.#runId = plan.runId ?? (await client.call(routes.plans.apply, { params: { planId }, body: { digest: plan.digest ?? '', sourceName: this.place.name, people: plan.typeBack } })).id;
    const run = await client.call(routes.runs.get, { params: { runId: this.#runId } });
    if (!['done', 'stopped', 'cancelled'].includes(run.state)) return false;
    this.#to = this.place.sandbox.journal.length;
    this.#after = new Map([...this.#run.before.keys()].map((id) => [id, pathsOf(this.place.sandbox.truth.account(id), this.place.jira)]));
    this.place.sandbox.faults.clear();
    return true;
  }

  async judge(client: Client, audit: AuditEvents): Promise<readonly string[]> {
    const problems = [...exactlyOnce('its order in the audit trail', audit.of('plan.ordered', { undoOf: this.#run.runId }).length), ...(await judgeRun(client, audit, this.#facts()))];
    for (const [id, before] of this.#run.before) {
      const now = this.#after.get(id) ?? [];
      if (now.join() !== before.join()) problems.push(`${id} has ${now.join(', ')} after the undo and had ${before.join(', ')}`);
    }
    return problems;
  }

  #facts(): RunFacts {
    return { place: this.place, runId: this.#runId ?? '', chosen: this.#run.touched, from: this.#from ?? 0, to: this.#to };
  }

  effects(): Effects {
    return { intended: this.#run.effects().intended, seen: effectsOf(this.#facts()).length };
  }
}
