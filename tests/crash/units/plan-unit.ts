import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce, none } from '../unit.ts';
import type { Unit } from '../unit.ts';
import { findOrOrder, judgeRows, rowsOf } from './order-plan.ts';
import type { PlanSeen } from './order-plan.ts';

/** A plan is ordered and built. Nothing is applied. */
export class PlanUnit implements Unit {
  readonly kind = 'plan';
  readonly place: Place;
  readonly label: string;
  #plan: PlanSeen | null = null;
  #rowProblems: readonly string[] = [];

  constructor(place: Place, n: number) {
    this.place = place;
    this.label = `plan ${n} of ${place.name}`;
  }

  async step(client: Client): Promise<boolean> {
    const plan = await findOrOrder(client, this.place, this.label);
    if (plan.state === 'building') return false;
    const rows = await rowsOf(client, plan.id);
    this.#rowProblems = [...judgeRows(this.place, rows), ...(rows.length === plan.totals?.people && plan.totals.act > 0 ? [] : [`the plan counts ${plan.totals?.people ?? 'no'} people, and has ${rows.length} rows`])];
    this.#plan = plan;
    return true;
  }

  async judge(client: Client, audit: AuditEvents): Promise<readonly string[]> {
    const { items } = await client.call(routes.plans.list, { query: { sourceId: this.place.sourceId, limit: 500 } });
    const orders = items.filter((plan) => plan.note === this.label).length;
    const ready = audit.of(`plan.${this.#plan?.state ?? ''}`).filter((event) => event.subjectId === this.#plan?.id);
    return [
      ...exactlyOnce('the order', orders),
      ...(this.#plan?.state === 'ready' ? [] : [`it is ${this.#plan?.state ?? 'nowhere'}`]),
      ...exactlyOnce('its end in the audit trail', ready.length),
      ...(ready[0]?.payload['digest'] === this.#plan?.digest ? [] : ['the audit trail has another digest']),
      ...this.#rowProblems,
    ];
  }

  effects(): typeof none {
    return none;
  }
}
