import { randomBytes } from 'node:crypto';
import type { Budgets } from '@rollcall/connectors/kit';
import { startSandbox } from '@rollcall/sandbox';
import type { KeyName, Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { onTestFinished } from 'vitest';
import { createIds } from '../../src/app/new-id.ts';
import type { Dependencies } from '../../src/app/dependencies.ts';
import { transaction } from '../../src/db/index.ts';
import { createKeyRing, createSecrets } from '../../src/features/secrets/index.ts';
import { runSync } from '../../src/features/sync/index.ts';
import type { SyncDependencies } from '../../src/features/sync/index.ts';
import { apiKeyField, createVendors } from '../../src/features/vendor/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

export interface SyncSetup {
  readonly database: TestDatabase;
  readonly sandbox: Sandbox;
  readonly deps: SyncDependencies;
  /** Everything that was logged, as text. */
  readonly logged: string[];
  readonly workspaceId: number;
  readonly realmId: number;
  readonly sourceId: string;
  /** Inserts a sync row and returns its id. */
  queue(): Promise<string>;
  /** Queues a sync and does it. */
  sync(): Promise<SyncRow>;
  row(id: string): Promise<SyncRow>;
}

export interface SyncRow {
  readonly id: string;
  readonly state: string;
  readonly totals: Readonly<Record<string, number>>;
  readonly problem: { readonly code: string; readonly text: string } | null;
  readonly progress: Readonly<Record<string, unknown>>;
}

/** The sandbox of most tests has no limits, and a test should not wait for the ones we keep towards Atlassian. */
const unlimited: Budgets = { acquire: () => Promise.resolve({ grantedAt: new Date() }), cool: () => Promise.resolve() };

export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ users: 300, rateLimits: { lastActiveDates: null }, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Between two tries of a request nothing is waited for: what is tried, and how often, is the same. */
const impatient = (_milliseconds: number, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  return Promise.resolve();
};

/** A database, a sandbox and a stored source that speaks to it. */
export async function setUp(options: SandboxOptions = {}, key: KeyName = 'full'): Promise<SyncSetup> {
  const sandbox = await sandboxFor(options);
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  const logged: string[] = [];
  const note = (facts: unknown, message: string): void => { logged.push(`${message} ${JSON.stringify(facts, (_, value: unknown) => (value instanceof Error ? { message: value.message, stack: value.stack } : value))}`); };
  const now = (): Date => new Date();
  const base: Dependencies = { db: database.db, pool: database.pool, now, newId: createIds(now), log: { info: note, warn: note, error: note } };
  const secrets = createSecrets(database.db, createKeyRing([randomBytes(32)], 'test'));
  const { openVendor } = createVendors({ ...base, secrets }, unlimited, impatient);
  const deps: SyncDependencies = { ...base, openVendor, openUpload: () => Promise.reject(new Error('no file here')) };
  const workspace = await database.db.insertInto('workspace').values({ key: base.newId(), name: 'Test' }).returning('id').executeTakeFirstOrThrow();
  const realm = await database.db.insertInto('realm').values({ workspace_id: workspace.id, kind: 'atlassian-org', vendor_id: sandbox.orgId, name: 'Acme' }).returning('id').executeTakeFirstOrThrow();
  const sourceId = base.newId();
  await transaction(database.pool, async (trx) => {
    await trx
      .insertInto('source')
      .values({ id: sourceId, workspace_id: workspace.id, realm_id: realm.id, kind: 'atlassian-org', name: 'Acme', key_owner: sandbox.keyOwnerAccountId, settings: JSON.stringify({ baseUrl: sandbox.url, organisationId: sandbox.orgId, requestsPerMinute: 1_000_000 }) })
      .execute();
    await secrets.seal(trx, { workspaceId: workspace.id }, sourceId, apiKeyField, sandbox.keys[key]);
  });
  const row = async (id: string): Promise<SyncRow> => {
    const found = await database.db.selectFrom('sync').select(['id', 'state', 'totals', 'problem', 'progress']).where('id', '=', id).executeTakeFirstOrThrow();
    // jsonb columns hold what the engine wrote.
    return found as SyncRow;
  };
  const queue = async (): Promise<string> => {
    const id = base.newId();
    await database.db.insertInto('sync').values({ id, workspace_id: workspace.id, source_id: sourceId, state: 'queued', requested_by: 'test' }).execute();
    return id;
  };
  const sync = async (): Promise<SyncRow> => {
    const id = await queue();
    await runSync(deps, id, new AbortController().signal);
    return row(id);
  };
  return { database, sandbox, deps, logged, workspaceId: workspace.id, realmId: realm.id, sourceId, queue, sync, row };
}
