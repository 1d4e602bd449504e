import { createHash } from 'node:crypto';
import { backupRoutes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { checkBackup } from '@rollcall/server';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce, none } from '../unit.ts';
import type { Unit } from '../unit.ts';

/** A backup is fetched until one is whole; what came of the others is kept, as it would be on a disk. */
export class BackupUnit implements Unit {
  readonly kind = 'backup';
  readonly place: Place;
  readonly label: string;
  readonly #cut: Buffer[] = [];
  #whole: Buffer | null = null;

  constructor(place: Place, n: number) {
    this.place = place;
    this.label = `backup ${n}`;
  }

  async step(client: Client): Promise<boolean> {
    const pieces: Uint8Array[] = [];
    try {
      const answer = await client.open(backupRoutes.download, {});
      if (answer.body === null) return false;
      for await (const piece of answer.body) pieces.push(piece);
      this.#whole = Buffer.concat(pieces);
      return true;
    } catch (error) {
      if (pieces.length > 0) this.#cut.push(Buffer.concat(pieces));
      throw error;
    }
  }

  async judge(_client: Client, audit: AuditEvents): Promise<readonly string[]> {
    if (this.#whole === null) return ['no backup was made'];
    const problems = [...exactlyOnce('its digest in the audit trail', timesTold(audit, this.#whole))];
    if (!(await passes(this.#whole))) problems.push('a whole backup does not pass its check');
    // The answer can break off after the file's last byte: what came is whole then, and the trail knows it.
    for (const cut of this.#cut) if ((await passes(cut)) && timesTold(audit, cut) !== 1) problems.push(`a backup that was cut off after ${cut.length} bytes passes its check`);
    return problems;
  }

  effects(): typeof none {
    return none;
  }
}

const lastLineBytes = '\nsha256 \n'.length + 64;

/** How often the audit trail tells of this file. Its last line says the digest of what stands before it. */
function timesTold(audit: AuditEvents, file: Buffer): number {
  return audit.of('backup.made', { sha256: createHash('sha256').update(file.subarray(0, -lastLineBytes)).digest('hex') }).length;
}

async function passes(bytes: Buffer): Promise<boolean> {
  return checkBackup(inOne(bytes)).then(() => true, () => false);
}

async function* inOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
