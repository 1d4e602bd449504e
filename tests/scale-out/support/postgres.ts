import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const binaries = '/usr/lib/postgresql/15/bin';
/** PostgreSQL refuses to run as root; everything else here may. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Debian's PostgreSQL 15 over TCP, as a customer's own would be: for one test file, in a folder of its own. @returns DATABASE_URL */
export async function startPostgres(): Promise<{ readonly url: string; readonly pool: pg.Pool; stop(): Promise<void> }> {
  const folder = await mkdtemp('/tmp/rollcall-scale-pg-');
  if (nobody.uid !== undefined) await chown(folder, nobody.uid, nobody.gid);
  await promisify(execFile)(`${binaries}/initdb`, ['-D', `${folder}/data`, '-U', 'rollcall', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust', '--no-sync'], { ...nobody, cwd: folder });
  const port = await freePort();
  const server = spawn(`${binaries}/postgres`, ['-D', `${folder}/data`, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=250'], { ...nobody, cwd: folder, stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => { server.once('exit', () => { resolve(); }); });
  const url = `postgresql://rollcall@127.0.0.1:${port}/postgres`;
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  await until('PostgreSQL answers', () => pool.query('select 1').then(() => true, () => false));
  return {
    url,
    pool,
    stop: async () => {
      await pool.end();
      server.kill('SIGQUIT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For a test that has the server to itself. */
export async function postgresForThisTest(): Promise<{ readonly url: string; readonly pool: pg.Pool }> {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  return postgres;
}
