import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDatabase, createPool } from '../db/index.ts';
import { createMetrics, createReadiness } from '../features/operations/index.ts';
import type { Metrics } from '../features/operations/index.ts';
import { createAuthenticate, createSignIn, ensureLocalToken, hashSecret, makeSetupToken, signInSecrets } from '../features/people/index.ts';
import { runTiming } from '../features/runs/index.ts';
import type { RunTiming } from '../features/runs/index.ts';
import { assertKeysKnown, claimKey, createKeyRing, createSecrets, ensureKeyFile } from '../features/secrets/index.ts';
import type { KeyRing } from '../features/secrets/index.ts';
import { createAdmission, createHttpServer, requestLimits, watchLoopLag } from '../http/index.ts';
import type { Admission, CheckReadiness } from '../http/index.ts';
import { createJobs } from '../jobs/index.ts';
import { startChores } from './chores.ts';
import { composeHandlers, queues, startWorkers } from './compose.ts';
import type { AppDependencies } from './compose.ts';
import type { AtCommit } from './commit-points.ts';
import type { Config } from './config.ts';
import type { Dependencies, Log } from './dependencies.ts';
import { ensureFirstWorkspace } from './first-workspace.ts';
import { createLog } from './log.ts';
import { loggedJobs } from './logged-jobs.ts';
import { createIds } from './new-id.ts';
import { openDatabase } from './open-database.ts';
import type { Scope } from './scope.ts';
import { followDatabaseClock } from './steady-clock.ts';
import { version } from './version.ts';

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:7077`. */
  readonly url: string;
  /** The link that makes the first administrator; null when there is one. */
  readonly setupLink: string | null;
  /** The token by which the CLI on this machine signs in. */
  readonly localToken: string;
  /** Settles when the embedded database ends under us: the node cannot go on, and what runs is settled at the next start. */
  readonly ended: Promise<Error>;
  /** Stops taking requests and work, lets what runs finish, stops the embedded database. A second call waits for the first. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Default: JSON lines on standard error. */
  readonly log?: Log;
  /** The built web app; default: the one beside this package, when it is built. */
  readonly webFolder?: string | null;
  /** How long runs wait for the vendor; default: what fits Atlassian. */
  readonly runTiming?: RunTiming;
  /** Watches the writes by name; the crash tests stop the process at them. */
  readonly atCommit?: AtCommit;
}

/** Statements of requests that take longer are ended: nobody waits for them any more. */
const requestStatementLimitMs = 120_000;
/** Requests that wait longer for a connection are refused: whoever asked tries again. */
const requestPoolWaitMs = 5_000;

/**
 * Starts a node: database, schema, secrets, jobs, HTTP. Throws with a sentence that says what to do (port in use, data folder in
 * use, missing key), with everything that was started stopped again.
 */
export async function startServer(config: Config, options: ServeOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel);
  await using cleanUp = new AsyncDisposableStack();
  const database = await openDatabase(config, log);
  cleanUp.defer(() => database.close());
  const clock = await followDatabaseClock(database.pool, log);
  cleanUp.defer(() => clock.stop());
  const { now } = clock;
  const basics: Dependencies = { db: database.db, pool: database.pool, now, newId: createIds(now), log, ...(options.atCommit === undefined ? {} : { atCommit: options.atCommit }) };
  const ring = await openKeyRing(config);
  await assertKeysKnown(basics.db, ring);
  await claimKey(basics.db, ring);
  const workspaceId = await ensureFirstWorkspace(basics);
  const { connectionString } = database;
  const jobs = await createJobs({ connectionString, queues, alone: config.databaseUrl === undefined, onError: (error) => { log.warn({ error }, 'The job queue reported a failure'); } });
  const working = new AbortController();
  cleanUp.defer(async () => {
    working.abort(new Error('This node is stopping.'));
    await jobs.stop();
  });
  const requestPool = createPool({ connectionString, applicationName: 'rollcall api', max: 15, waitMs: requestPoolWaitMs, statementTimeoutMs: requestStatementLimitMs, onError: (error) => { log.warn({ error }, 'A database connection broke'); } });
  cleanUp.defer(() => requestPool.end());
  const healthPool = createPool({ connectionString, applicationName: 'rollcall health', max: 2, waitMs: 2_000, statementTimeoutMs: 2_000, onError: (error) => { log.warn({ error }, 'A database connection broke'); } });
  cleanUp.defer(() => healthPool.end());
  const lag = watchLoopLag();
  cleanUp.defer(() => { lag.stop(); });
  const admission = createAdmission(requestLimits(config.requests), lag);
  const metrics = createMetrics({ admission, pools: { work: basics.pool, api: requestPool, health: healthPool }, pool: healthPool, now, about: { version, role: config.role } });
  const work: AppDependencies = { ...basics, counters: metrics.counters, jobs, secrets: createSecrets(basics.db, ring), connectionString, largestUploadBytes: config.largestUploadBytes, runTiming: options.runTiming ?? runTiming };
  const requestDb = createDatabase(requestPool, { keepsPlans: database.direct });
  const deps: AppDependencies = { ...work, db: requestDb, pool: requestPool, secrets: createSecrets(requestDb, ring) };
  const chores = startChores(basics);
  cleanUp.defer(() => chores.stop());
  if (config.role !== 'api') await startWorkers({ ...work, jobs: loggedJobs(jobs, log) }, { syncs: config.syncsAtOnce, runs: config.runsAtOnce }, working.signal);
  const localToken = await ensureLocalToken(config.dataFolder);
  const http = await createHttp(config, deps, { ring, workspaceId, localToken, webFolder: options.webFolder, readiness: await createReadiness(healthPool, now), admission, metrics });
  cleanUp.defer(() => http.close());
  const url = await listen(http, config);
  const token = config.role === 'worker' ? null : await makeSetupToken(basics, workspaceId);
  log.info({ url, role: config.role }, 'Rollcall is ready');
  const running = cleanUp.move();
  let closed: Promise<void> | undefined;
  return {
    url,
    setupLink: token === null ? null : `${config.publicUrl ?? url}/setup?token=${token}`,
    localToken,
    ended: database.ended,
    close: () => (closed ??= closeAll(running, log)),
  };
}

/** What cannot be closed in order (the database is gone) is logged: it must not hide why the server stops. */
async function closeAll(running: AsyncDisposableStack, log: Log): Promise<void> {
  try {
    await running.disposeAsync();
  } catch (error) {
    log.warn({ error: error instanceof Error ? error : String(error) }, 'Not everything could be closed in order');
  }
}

async function openKeyRing(config: Config): Promise<KeyRing> {
  return config.secretKey === undefined ? ensureKeyFile(config.dataFolder) : createKeyRing([config.secretKey, ...config.olderSecretKeys], 'ROLLCALL_SECRET_KEY');
}

interface HttpParts {
  readonly ring: KeyRing;
  readonly workspaceId: number;
  readonly localToken: string;
  readonly webFolder: string | null | undefined;
  readonly readiness: CheckReadiness;
  readonly admission: Admission;
  readonly metrics: Metrics;
}

async function createHttp(config: Config, deps: AppDependencies, parts: HttpParts) {
  const { readiness, admission } = parts;
  const metrics = { page: parts.metrics.page, answered: parts.metrics.answered, token: config.metricsToken, behindProxy: config.publicUrl !== undefined || config.trustedProxies.length > 0 };
  const place = { deps, host: config.host, publicUrl: config.publicUrl, trustedProxies: config.trustedProxies, readiness, admission, metrics, stopDelayMs: config.stopDelaySeconds * 1000 };
  const openScope: Scope = { workspaceId: parts.workspaceId, actor: { id: 'nobody', name: 'Nobody', kind: 'system' }, role: 'viewer', permissions: new Set(), sourceIds: [], sites: [] };
  const scopeOfAll = () => Promise.resolve(openScope);
  if (config.role === 'worker') return createHttpServer({ ...place, handlers: [], authenticate: () => Promise.resolve(null), openScope: scopeOfAll });
  const { signIn, sessionOf } = createSignIn({ deps, secrets: signInSecrets(parts.ring), publicUrl: config.publicUrl });
  const webFolder = parts.webFolder === undefined ? builtWebApp() : parts.webFolder;
  return createHttpServer({
    ...place,
    handlers: composeHandlers(deps),
    authenticate: createAuthenticate({ deps, sessionOf, localTokenHash: hashSecret(parts.localToken) }),
    openScope: scopeOfAll,
    signIn,
    ...(webFolder === null ? {} : { web: { distFolder: webFolder } }),
  });
}

function builtWebApp(): string | null {
  const folder = fileURLToPath(new URL('../../../web/dist', import.meta.url));
  return existsSync(`${folder}/index.html`) ? folder : null;
}

async function listen(http: { listen(port: number): Promise<string> }, config: Config): Promise<string> {
  try {
    return await http.listen(config.port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE') throw new Error(`Port ${config.port} on ${config.host} is in use. Stop the program that listens there (maybe another Rollcall), or set ROLLCALL_PORT to another one.`, { cause: error });
    if (code === 'EACCES') throw new Error(`Rollcall may not listen on port ${config.port}. Choose one above 1023 with ROLLCALL_PORT.`, { cause: error });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Error(`${config.host} is no address of this machine. Correct ROLLCALL_HOST.`, { cause: error });
    throw error;
  }
}
