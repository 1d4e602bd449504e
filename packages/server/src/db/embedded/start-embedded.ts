import { chmod, mkdir, realpath, rmdir, stat, statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { asDiskFull, isDiskFullAt } from "../disk-full-error.ts";
import { prepareBinaries, type Binaries } from "./binaries.ts";
import { clusterFolder, prepareCluster } from "./cluster.ts";
import { connectionString, databaseName, socketAddress, withConnection, type SocketAddress } from "./connect.ts";
import { EmbeddedDatabaseError } from "./embedded-database-error.ts";
import { lockFolder } from "./folder-lock.ts";
import { clearRemains, findPostmaster, stopPostmaster } from "./postmaster.ts";
import { isRunning } from "./process-state.ts";
import { waitUntilReady } from "./readiness.ts";
import { assertReachable, chooseRunAs, type RunAs } from "./run-as.ts";
import { serverSettings } from "./settings.ts";
import { chooseSocketFolder, prepareSocketFolder } from "./socket-folder.ts";
import { canStartAgain, spawnPostgres, startFailure } from "./spawn-postgres.ts";
import { watchServer } from "./watch-server.ts";

export interface EmbeddedOptions {
  /** Rollcall's data folder; PostgreSQL's own is `postgres` in it. Made when missing. */
  readonly dataFolder: string;
  /** Where the socket goes, when not beside the data. */
  readonly socketFolder?: string;
  /** Throw-away database for tests: nothing waits for the disk. */
  readonly testing?: boolean;
  /** The `bin` folder of another PostgreSQL than the one that npm brought, e.g. /usr/lib/postgresql/15/bin. */
  readonly binaries?: string;
}

export interface EmbeddedDatabase {
  readonly connectionString: string;
  readonly poolConfig: SocketAddress;
  /** Whether the server was running already, left by a Rollcall that was killed. */
  readonly adopted: boolean;
  /** The server's process. */
  readonly pid: number;
  /** Whether the disk under it is full. PostgreSQL may then drop connections and end, instead of answering "disk full". */
  diskIsFull(): Promise<boolean>;
  /** Settles when the server ends without having been stopped, with the reason (DiskFullError, EmbeddedDatabaseError). */
  readonly ended: Promise<Error>;
  /** Stops the server cleanly and gives the data folder free. A second call does nothing. */
  stop(): Promise<void>;
}

interface Server {
  readonly pid: number;
  readonly socketFolder: string;
  readonly adopted: boolean;
}

/** Everything that one start needs to know. */
interface Place {
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs | undefined;
  readonly testing: boolean;
}

/**
 * Starts Rollcall's own PostgreSQL, or takes over the one that runs on the data folder already (its Rollcall was killed).
 * Never runs it as root, never on a folder that another process uses, never on another major version's data.
 *
 * Throws EmbeddedDatabaseError (a sentence that says what to do) or DiskFullError.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const runAs = chooseRunAs();
  try {
    const dataFolder = await prepareDataFolder(options.dataFolder, runAs);
    const lock = await lockFolder(dataFolder);
    try {
      const binaries = await prepareBinaries(dataFolder, runAs, options.binaries);
      const socketFolder = options.socketFolder ?? chooseSocketFolder(dataFolder);
      const testing = options.testing ?? false;
      await prepareCluster(dataFolder, binaries, runAs, testing);
      const server = await adoptOrStart({ dataFolder, socketFolder, binaries, runAs, testing });
      await ensureDatabase(server);
      const poolConfig = socketAddress(server.socketFolder, databaseName);
      const watch = watchServer(server.pid, dataFolder);
      return {
        connectionString: connectionString(poolConfig),
        poolConfig,
        adopted: server.adopted,
        pid: server.pid,
        diskIsFull: () => isDiskFullAt(dataFolder),
        ended: watch.ended,
        stop: once(async () => {
          watch.stop();
          try {
            await stopPostmaster(server.pid, server.socketFolder);
            // Leaves nothing in /tmp. A folder that holds other things is somebody's and stays.
            await rmdir(server.socketFolder).catch(() => undefined);
          } finally {
            await lock.release();
          }
        }),
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw asDiskFull(error, options.dataFolder);
  }
}

async function prepareDataFolder(wanted: string, runAs: RunAs | undefined): Promise<string> {
  await mkdir(wanted, { recursive: true, mode: runAs === undefined ? 0o700 : 0o711 });
  const folder = await realpath(wanted);
  // Our own folder must let the database's user through to its part; what is secret in it is closed by its own mode.
  if (runAs !== undefined) await chmod(folder, (await stat(folder)).mode | 0o001);
  await assertReachable(clusterFolder(folder), runAs);
  return folder;
}

async function adoptOrStart(place: Place): Promise<Server> {
  const attempts = 3;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const server = (await adopt(place)) ?? (await startNew(place));
    if (server !== undefined) return server;
  }
  throw new EmbeddedDatabaseError(
    `The embedded PostgreSQL in ${place.dataFolder} ended ${attempts} times while it was being started. Its log is ${path.join(place.dataFolder, "postgres.log")}.`,
  );
}

/** The running server once it answers, or undefined when there is none (or none any more). */
async function adopt(place: Place): Promise<Server | undefined> {
  const cluster = clusterFolder(place.dataFolder);
  const found = await findPostmaster(cluster);
  if (found === undefined) return undefined;
  const socketFolder = found.socketFolder ?? place.socketFolder;
  // A server that says it is ready and has no socket lost it (a cleaner of /tmp): nobody will ever reach it.
  const patienceMs = found.ready ? 1000 : undefined;
  const readiness = await waitUntilReady(socketFolder, () => isRunning(found.pid), patienceMs);
  if (readiness === "noSocket") await stopPostmaster(found.pid, socketFolder);
  if (readiness !== "ready") return undefined;
  const serves = await withConnection(socketAddress(socketFolder, "postgres"), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory;
  });
  if (serves === cluster) return { pid: found.pid, socketFolder, adopted: true };
  throw new EmbeddedDatabaseError(`The server on ${socketFolder} serves ${serves ?? "?"}, not ${cluster}. Choose another socket folder.`);
}

/** A new server, or undefined when it is worth another try: one turned out to be there already, or a recovery needs a second pass. */
async function startNew(place: Place): Promise<Server | undefined> {
  const { socketFolder, binaries, runAs } = place;
  const cluster = clusterFolder(place.dataFolder);
  await prepareSocketFolder(socketFolder, runAs);
  await clearRemains(cluster, socketFolder);
  const spawned = await spawnPostgres(binaries, cluster, serverSettings(socketFolder, { memoryBytes: memoryThere(), sharedBytes: await sharedThere() }, place.testing), runAs);
  const readiness = await waitUntilReady(socketFolder, () => spawned.child.exitCode === null && spawned.child.signalCode === null);
  if (readiness === "ready") return { pid: spawned.pid, socketFolder, adopted: false };
  if (await canStartAgain(spawned)) return undefined;
  throw await startFailure(spawned);
}

/** In bytes: what the container may use, where that is less than the machine has. */
function memoryThere(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** In bytes: what Linux gives processes to share. Null where that is no file system, or not this one. */
async function sharedThere(): Promise<number | null> {
  if (process.platform !== "linux") return null;
  try {
    const { bavail, bsize } = await statfs("/dev/shm");
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Made apart from the folder, because a start may be killed between the two. */
async function ensureDatabase(server: Server): Promise<void> {
  await withConnection(socketAddress(server.socketFolder, "postgres"), async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
