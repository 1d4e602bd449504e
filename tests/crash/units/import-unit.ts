import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { worldOf, writeExport } from '@rollcall/sandbox';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce, none } from '../unit.ts';
import type { Unit } from '../unit.ts';
import { allRows } from './all-rows.ts';

/** `first`: into an inventory of its own. `again`: a newer export of the same, which is compared. `refused`: a web page. */
export type ImportCourse = 'first' | 'again' | 'refused';

/** A file is sent, previewed and taken. */
export class ImportUnit implements Unit {
  readonly kind = 'import';
  readonly place: Place;
  readonly label: string;
  readonly #course: ImportCourse;
  readonly #seed: number;
  readonly #name: string;
  #uploadId: string | null = null;
  #syncIds: string[] = [];
  #ids: readonly string[] = [];
  readonly #taken: string[] = [];

  constructor(place: Place, course: ImportCourse, n: number) {
    this.place = place;
    this.label = `${course} import ${n}`;
    this.#course = course;
    this.#seed = n;
    this.#name = `File ${n}`;
  }

  async step(client: Client): Promise<boolean> {
    this.#uploadId ??= (await client.call(routes.uploads.create, { body: { fileName: 'export-users.csv' } })).id;
    const uploadId = this.#uploadId;
    const upload = await client.call(routes.uploads.get, { params: { uploadId } });
    if (upload.state === 'receiving') await client.call(routes.uploads.send, { params: { uploadId } }, { bytes: await this.#file() });
    if (upload.state === 'ready') await this.#take(client, uploadId);
    if (upload.state === 'taken') return this.#follow(client, uploadId);
    return upload.state === 'refused';
  }

  async #take(client: Client, uploadId: string): Promise<void> {
    const source = await this.#source(client);
    const as = source === null ? { kind: 'newSource', name: this.#name } as const : { kind: 'source', sourceId: source } as const;
    await client.call(routes.uploads.take, { params: { uploadId }, body: { as, exportedOn: new Date(Date.now() - (source === null ? 86_400_000 : 0)).toISOString().slice(0, 10) } });
  }

  async #source(client: Client): Promise<string | null> {
    const { items } = await client.call(routes.sources.list, {});
    return items.find((one) => one.name === this.#name)?.id ?? null;
  }

  async #follow(client: Client, uploadId: string): Promise<boolean> {
    const sourceId = await this.#source(client);
    if (sourceId === null) throw new Error('The file was taken, and its source is not there.');
    const { items } = await client.call(routes.sources.syncs, { params: { sourceId } });
    if (items.some((sync) => sync.state !== 'done')) return false;
    this.#syncIds = items.map((sync) => sync.id);
    if (!this.#taken.includes(uploadId)) this.#taken.push(uploadId);
    if (this.#course !== 'again' || this.#taken.length === 2) return true;
    this.#uploadId = null;
    return false;
  }

  async #file(): Promise<string> {
    if (this.#course === 'refused') return '<!DOCTYPE html><html><body>Sign in</body></html>';
    const world = worldOf({ users: 80, seed: this.#seed });
    const lines = (await Array.fromAsync(writeExport('users', { world }))).join('');
    this.#ids = [...new Set(lines.trim().split('\n').slice(1).map((line) => line.slice(0, line.indexOf(','))))];
    return lines;
  }

  async judge(client: Client, audit: AuditEvents): Promise<readonly string[]> {
    const { items } = await client.call(routes.sources.list, {});
    const sources = items.filter((one) => one.name === this.#name).length;
    if (this.#course === 'refused') return sources === 0 ? [] : ['a refused file became a source'];
    const problems = [...exactlyOnce('its source', sources)];
    for (const uploadId of this.#taken) problems.push(...exactlyOnce('upload.taken in the audit trail', audit.of('upload.taken', { uploadId }).length));
    for (const syncId of this.#syncIds) problems.push(...exactlyOnce('sync.done in the audit trail', audit.of('sync.done', { syncId }).length));
    if (this.#syncIds.length !== this.#taken.length) problems.push(`${this.#taken.length} files made ${this.#syncIds.length} syncs`);
    const { rows } = await allRows(client, this.#name);
    const has = rows.map((row) => row.vendorId).toSorted().join(' ');
    const wanted = this.#ids.toSorted().join(' ');
    return has === wanted ? problems : [...problems, `the inventory of the file holds ${rows.length} accounts, the file ${this.#ids.length}`];
  }

  effects(): typeof none {
    return none;
  }
}
