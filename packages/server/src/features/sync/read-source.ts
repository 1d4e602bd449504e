import { atCommit } from '../../app/commit-points.ts';
import { keepEpoch } from './keep-epoch.ts';
import { countAccounts } from './sync-store.ts';
import { stageImpliedAccesses } from './implied-accesses.ts';
import { RepeatedToken, problemOf } from './sync-problem.ts';
import { StagedText } from './stage.ts';
import { transaction } from '../../db/index.ts';
import { VendorError } from '@rollcall/connectors/kit';
import type { Page, ReadStep } from '@rollcall/connectors/kit';
import type { Dependencies } from '../../app/dependencies.ts';
import type { OpenSync, SyncProgress } from './sync-record.ts';
import { scopesOf } from './step-scopes.ts';
import type { Vendor } from '../vendor/index.ts';

/** Records are saved in pieces of about this many, each in one transaction with the token that stands behind them. */
const recordsPerSave = 20_000;

interface Position {
  readonly step: ReadStep;
  readonly scope: string;
  readonly token: string | null;
  readonly pages: number;
}

export interface ReadingProblem {
  readonly step: string;
  readonly message: string;
}

/**
 * Walks every read of a source page by page into the staging tables. The token of the next page is saved with the records before it, so that a
 * reading goes on at the page where a crash stopped it. Throws {@link SyncEnded} when cancelled or fenced.
 */
export async function readSource(
  deps: Dependencies,
  sync: OpenSync,
  vendor: Vendor,
  onProgress: (progress: SyncProgress) => void,
): Promise<readonly ReadingProblem[]> {
  const reader = new Reader(deps, sync, vendor, onProgress);
  const problems: ReadingProblem[] = [];
  for (const step of vendor.steps()) {
    try {
      await reader.readStep(step);
    } catch (error) {
      if (step.required || !(error instanceof VendorError) || error.facts.kind === 'rateLimited' || error.facts.kind === 'auth') throw error;
      deps.log.warn({ syncId: sync.id, step: step.name }, 'An optional reading failed; its facts stay unknown.');
      problems.push({ step: step.name, message: problemOf(error).text });
    }
  }
  return problems;
}

class Reader {
  readonly #deps: Dependencies;
  readonly #sync: OpenSync;
  readonly #vendor: Vendor;
  readonly #onProgress: (progress: SyncProgress) => void;
  #progress: SyncProgress;
  /** As many as there were: what a vendor that gives no total will probably come to. */
  #knownAccounts: number | null = null;

  constructor(deps: Dependencies, sync: OpenSync, vendor: Vendor, onProgress: (progress: SyncProgress) => void) {
    this.#deps = deps;
    this.#sync = sync;
    this.#vendor = vendor;
    this.#onProgress = onProgress;
    this.#progress = { ...sync.progress, startedAtMs: sync.progress.startedAtMs ?? deps.now().getTime() };
  }

  async readStep(step: ReadStep): Promise<void> {
    if (step.name === 'accounts' && this.#sync.source.hasFullRead) this.#knownAccounts = await countAccounts(this.#deps.db, this.#sync.source.realmId);
    if (step.over === 'accountsWithoutActivity') await stageImpliedAccesses(this.#deps, { ...this.#sync, progress: this.#progress }, this.#vendor.givesAccess);
    const scopes = await scopesOf(this.#deps.db, this.#sync, step, this.#progress.missing);
    const stands = await this.#positions(step);
    let finished = 0;
    for (const scope of scopes) {
      const stand = stands.get(scope);
      if (stand?.done !== true) {
        await this.#readScope({ step, scope, token: stand?.next_token ?? null, pages: stand?.pages ?? 0 }, step.over === 'all' || step.over === 'directories' ? null : { finished, of: scopes.length });
      }
      finished += 1;
    }
  }

  async #positions(step: ReadStep) {
    const rows = await this.#deps.db.selectFrom('sync_step').selectAll().where('sync_id', '=', this.#sync.id).where('step', '=', step.name).execute();
    return new Map(rows.map((row) => [row.scope, row]));
  }

  /** Reads all pages of one scope. The next pages are read and made into text while the last ones are being saved. */
  async #readScope(start: Position, outer: { finished: number; of: number } | null): Promise<void> {
    const seen = new Set<string>(start.token === null ? [] : [start.token]);
    let waiting = new StagedText(this.#sync.id);
    let saving: Promise<void> = Promise.resolve();
    let token = start.token;
    let pages = start.pages;
    for (;;) {
      const page = await this.#vendor.read(start.step.name, start.scope, token);
      pages += 1;
      waiting.add(page.records);
      this.#note(start.step, page, outer);
      token = page.next;
      if (token !== null && seen.has(token)) throw new RepeatedToken(start.step.name);
      if (token !== null) seen.add(token);
      if (token !== null && waiting.count < recordsPerSave) continue;
      await saving;
      saving = this.#save({ ...start, token, pages }, waiting, token === null);
      // A failure is thrown where the promise is awaited next; until then it must not count as unhandled.
      saving.catch(() => undefined);
      waiting = new StagedText(this.#sync.id);
      if (token === null) return saving;
    }
  }

  #note(step: ReadStep, page: Page, outer: { finished: number; of: number } | null): void {
    const accounts = page.records.filter((record) => record.type === 'account').length;
    const missing = new Set([...this.#progress.missing, ...(page.missing ?? [])]);
    const reads = step.name !== this.#progress.step;
    this.#progress = {
      ...this.#progress,
      step: step.name,
      done: outer === null ? (reads ? 0 : this.#progress.done) + page.records.length : outer.finished,
      total: outer === null ? (page.total ?? (accounts > 0 ? this.#knownAccounts : null)) : outer.of,
      pages: this.#progress.pages + 1,
      accounts: this.#progress.accounts + accounts,
      missing: [...missing],
    };
    if (outer === null && accounts > 0) this.#progress = { ...this.#progress, done: this.#progress.accounts };
    if (reads) this.#progress = { ...this.#progress, stepStartedAtMs: this.#deps.now().getTime(), doneBefore: this.#progress.done };
    this.#onProgress(this.#progress);
  }

  async #save(position: Position, staged: StagedText, done: boolean): Promise<void> {
    const progress = JSON.stringify(this.#progress);
    await atCommit(this.#deps, 'sync.page', () => transaction(this.#deps.pool, async (_trx, client) => {
      await keepEpoch(client, this.#sync, progress);
      await staged.load(client);
      await client.query(
        `insert into sync_step (workspace_id, sync_id, step, scope, next_token, pages, rows, done) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (sync_id, step, scope) do update set next_token = excluded.next_token, pages = excluded.pages, rows = sync_step.rows + excluded.rows, done = excluded.done`,
        [this.#sync.workspaceId, this.#sync.id, position.step.name, position.scope, position.token, position.pages, staged.count, done],
      );
    }));
  }
}
