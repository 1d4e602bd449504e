import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce, none } from '../unit.ts';
import type { Unit } from '../unit.ts';
import { allRows } from './all-rows.ts';

/** `plain`: to its end. `due`: nobody orders it, its time comes. `held`: the vendor shows few accounts; the reading is held, and dropped. `cancelled`: somebody cancels it while it reads. */
export type SyncCourse = 'plain' | 'due' | 'held' | 'cancelled';

/** A sync of an organisation, asked for by hand or due. */
export class SyncUnit implements Unit {
  readonly kind = 'sync';
  readonly place: Place;
  readonly label: string;
  readonly #course: SyncCourse;
  #known: ReadonlySet<string> | null = null;
  #syncId: string | null = null;
  #end = '';
  #begun = 0;
  #fault: number | null = null;

  constructor(place: Place, course: SyncCourse = 'plain') {
    this.place = place;
    this.label = `${course} sync of ${place.name}`;
    this.#course = course;
  }

  async step(client: Client): Promise<boolean> {
    const { sourceId } = this.place;
    if (this.#syncId === null) {
      const { items } = await client.call(routes.sources.syncs, { params: { sourceId } });
      if (this.#known === null) {
        this.#known = new Set(items.map((sync) => sync.id));
        if (this.#course === 'held') this.#fault = this.place.sandbox.faults.add({ operation: ['users.search', 'users.list'], times: 1_000_000, effect: { kind: 'partialRead', share: 0.3 } });
        if (this.#course === 'cancelled') this.#fault = this.place.sandbox.faults.add({ operation: 'groups.search', times: 1_000_000, effect: { kind: 'delay', ms: 400 } });
      }
      const landed = items.find((sync) => this.#known?.has(sync.id) === false);
      if (landed === undefined && this.#course === 'due') return false;
      this.#syncId = landed?.id ?? (await client.call(routes.sources.sync, { params: { sourceId } })).id;
    }
    return this.#follow(client, this.#syncId);
  }

  async #follow(client: Client, syncId: string): Promise<boolean> {
    const sync = await client.call(routes.sources.getSync, { params: { syncId } });
    if (sync.state === 'held') await client.call(routes.sources.confirmSync, { params: { syncId }, body: { decision: 'drop' } });
    else if (this.#course === 'cancelled' && sync.state === 'running' && sync.progress?.step !== 'saving') await client.call(routes.sources.cancelSync, { params: { syncId } });
    if (!['done', 'failed', 'cancelled'].includes(sync.state)) return false;
    const { items } = await client.call(routes.sources.syncs, { params: { sourceId: this.place.sourceId } });
    this.#begun = items.filter((one) => this.#known?.has(one.id) === false).length;
    if (this.#fault !== null) this.place.sandbox.faults.remove(this.#fault);
    this.#end = sync.problem === null || sync.state === 'cancelled' ? sync.state : `${sync.state} (${sync.problem.text})`;
    return true;
  }

  async judge(client: Client, audit: AuditEvents): Promise<readonly string[]> {
    const wanted = { plain: ['done'], due: ['done'], held: ['cancelled'], cancelled: ['cancelled', 'done'] }[this.#course];
    const problems = wanted.includes(this.#end) ? [] : [`it ended as ${this.#end} instead of ${wanted.join(' or ')}`];
    problems.push(...exactlyOnce('the sync', this.#begun));
    const done = audit.of('sync.done', { syncId: this.#syncId }).length;
    if (this.#end === 'done') problems.push(...exactlyOnce('sync.done in the audit trail', done));
    else if (done > 0) problems.push('the audit trail says that it was done');
    if (this.#course === 'held') problems.push(...exactlyOnce('sync.heldDropped in the audit trail', audit.of('sync.heldDropped', { syncId: this.#syncId }).length));
    return [...problems, ...(await asItIs(client, this.place))];
  }

  effects(): typeof none {
    return none;
  }
}

/** The inventory against the sandbox's own state: everybody once, nobody else, with their last day in Jira. */
async function asItIs(client: Client, place: Place): Promise<readonly string[]> {
  const { rows, columns } = await allRows(client, place.name);
  const truth = new Map([...place.sandbox.truth.accounts()].map((one) => [one.accountId, one]));
  const problems: string[] = [];
  if (new Set(rows.map((row) => row.vendorId)).size !== rows.length) problems.push('somebody stands in the inventory twice');
  for (const id of truth.keys()) if (!rows.some((row) => row.vendorId === id)) problems.push(`${id} is missing in the inventory`);
  const jira = columns.find((column) => column.sourceName === place.name && column.app === 'jira' && column.site === 'acme')?.resourceId;
  for (const row of rows) {
    const one = truth.get(row.vendorId);
    if (one === undefined) problems.push(`${row.vendorId} is in the inventory and not at the vendor`);
    const wanted = one?.access.find((access) => access.resourceId === place.jira && access.hasAccess)?.lastActive?.slice(0, 10) ?? null;
    const has = row.cells.find((cell) => cell.resourceId === jira)?.lastOn ?? null;
    if (has !== wanted && one?.accountType === 'atlassian' && wanted !== null) problems.push(`${row.vendorId} was last active in Jira on ${wanted}, and the inventory says ${has}`);
  }
  return problems;
}
