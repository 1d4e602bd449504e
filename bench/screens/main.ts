import { permissions } from '@rollcall/contract';
import type { Dependencies } from '../../packages/server/src/app/dependencies.ts';
import { systemScope } from '../../packages/server/src/app/scope.ts';
import { createDatabase, createPool, migrate, startEmbedded } from '../../packages/server/src/db/index.ts';
import { accountHandlers } from '../../packages/server/src/features/accounts/index.ts';
import { homeHandlers } from '../../packages/server/src/features/home/index.ts';
import { inventoryHandlers } from '../../packages/server/src/features/inventory/index.ts';
import { createAdmission, createHttpServer, defaultLimitSettings, requestLimits } from '../../packages/server/src/http/index.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { fillInventory, inventoryToday } from '../data/inventory.ts';
import type { FilledInventory } from '../data/inventory.ts';
import { screenCases } from './cases.ts';
import { measureCase } from './measure-case.ts';
import type { ScreenRow } from './measure-case.ts';
import { recordStatements } from './record-statements.ts';

export interface ScreensResult {
  readonly name: 'screens';
  readonly accounts: number;
  readonly accesses: number;
  readonly fillSeconds: number;
  readonly rows: readonly ScreenRow[];
}

export interface ScreensOptions {
  readonly accounts: number;
  /** Rounds of each case that count (default 20), after three that warm up. */
  readonly rounds?: number;
  /** Only cases whose name holds this text. */
  readonly only?: string;
  /** Told what is being done. */
  readonly say?: (line: string) => void;
  /** A database that is filled already, kept for the next time. */
  readonly connectionString?: string;
}

const now = () => new Date(`${inventoryToday}T12:00:00Z`);

/**
 * Measures the screens of an invented organisation through HTTP, each against the bare SQL it is answered by: the same statements sent again on one connection. A
 * promise holds when p95 lies within p95 of the SQL + 10 ms, and within the absolute limit.
 */
export async function runScreens(options: ScreensOptions): Promise<ScreensResult> {
  const say = options.say ?? (() => undefined);
  await using cleanUp = new AsyncDisposableStack();
  let { connectionString } = options;
  if (connectionString === undefined) {
    const dataFolder = await mkdtemp('/tmp/rollcall-bench-');
    const server = await startEmbedded({ dataFolder });
    cleanUp.defer(async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    });
    ({ connectionString } = server);
  }
  const pool = createPool({ connectionString, applicationName: 'rollcall bench', onError: () => undefined });
  cleanUp.defer(() => pool.end());
  const began = performance.now();
  const inventory = options.connectionString === undefined ? await fill(pool, options.accounts, say) : await filledAlready(pool);
  const fillSeconds = (performance.now() - began) / 1000;
  const recorder = recordStatements(connectionString);
  cleanUp.defer(() => recorder.pool.end());
  const silent = () => undefined;
  const deps: Dependencies = { db: createDatabase(recorder.pool), pool: recorder.pool, now, newId: () => crypto.randomUUID(), log: { info: silent, warn: silent, error: silent } };
  const scope = systemScope(inventory.workspaceId, new Set(permissions));
  const noVendor = () => Promise.reject(new Error('The benchmark asks no vendor.'));
  const http = await createHttpServer({
    handlers: [...homeHandlers(deps), ...inventoryHandlers(deps), ...accountHandlers({ ...deps, openVendor: noVendor })],
    deps, authenticate: () => Promise.resolve(scope), openScope: () => Promise.resolve(scope), host: '127.0.0.1', publicUrl: undefined, trustedProxies: [], readiness: () => Promise.resolve(null), admission: createAdmission(requestLimits(defaultLimitSettings)),
  });
  cleanUp.defer(() => http.close());
  const url = await http.listen(0);
  const rows: ScreenRow[] = [];
  for (const one of screenCases(inventory).filter(({ name }) => name.includes(options.only ?? ''))) {
    const row = await measureCase(one, { url, recorder, rounds: options.rounds ?? 20 });
    rows.push(row);
    say(`${row.holds ? ' ' : '!'} ${row.p50Ms.toFixed(1).padStart(8)} ${row.p95Ms.toFixed(1).padStart(8)} ms, SQL ${row.sqlP95Ms.toFixed(1).padStart(8)} ms  ${row.name}`);
  }
  return { name: 'screens', accounts: inventory.accounts, accesses: inventory.accesses, fillSeconds, rows };
}

async function fill(pool: ReturnType<typeof createPool>, accounts: number, say: (line: string) => void): Promise<FilledInventory> {
  say(`Filling an inventory of ${accounts} accounts`);
  await migrate(pool);
  return fillInventory(pool, accounts);
}

async function filledAlready(pool: ReturnType<typeof createPool>): Promise<FilledInventory> {
  const { rows } = await pool.query<{ id: number; key: string; workspace_id: number; realm_id: number }>(`select id, app || '/' || site as key, workspace_id, realm_id from resource`);
  const count = async (table: string): Promise<number> => Number((await pool.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n);
  const [first] = rows;
  if (first === undefined) throw new Error('This database holds no inventory.');
  return { workspaceId: first.workspace_id, realmId: first.realm_id, sourceId: '', resourceIds: new Map(rows.map(({ id, key }) => [key, id])), accounts: await count('account'), accesses: await count('access'), memberships: await count('group_member') };
}
