import { atCommit } from '../../../app/commit-points.ts';
import { transaction } from '../../../db/index.ts';
import type { Database } from '../../../db/index.ts';
import type { Transaction } from 'kysely';
import type { OpenRun, RunDependencies } from './run-record.ts';

/** What the inventory is to learn of one person, and when the vendor said it. */
export interface LaterEffect {
  readonly accountId: number;
  readonly at: Date;
  readonly take: (trx: Transaction<Database>) => Promise<void>;
}

/**
 * What people came to while a reading of their organisation was being taken in: that can take minutes, and no run waits for it. The inventory learns it afterwards. Kept in
 * memory: when the program is killed before, the next sync shows it.
 */
export class LaterEffects {
  readonly #deps: RunDependencies;
  readonly #run: Pick<OpenRun, 'id' | 'epoch'>;
  readonly #waiting: LaterEffect[] = [];

  constructor(deps: RunDependencies, run: Pick<OpenRun, 'id' | 'epoch'>) {
    this.#deps = deps;
    this.#run = run;
  }

  add(effect: LaterEffect): void {
    this.#waiting.push(effect);
  }

  /** Waits until the reading is in. One at a time; what does not succeed is kept. */
  async settle(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        await this.#settleOne(next);
      } catch (error) {
        this.#waiting.unshift(next);
        throw error;
      }
    }
  }

  /** Nothing when another worker has the run, or when the vendor said something later about the person. */
  async #settleOne({ accountId, at, take }: LaterEffect): Promise<void> {
    await atCommit(this.#deps, 'run.itemEnd', () => transaction(this.#deps.pool, async (trx) => {
      const held = await trx.selectFrom('run').select('id').where('id', '=', this.#run.id).where('epoch', '=', this.#run.epoch).forShare().executeTakeFirst();
      const later = await trx.selectFrom('account_observation').select('account_id').where('account_id', '=', accountId).where('observed_at', '>', at).executeTakeFirst();
      if (held !== undefined && later === undefined) await take(trx);
    }));
  }
}
