import { spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const program = '/usr/sbin/pgbouncer';
/** PgBouncer refuses to run as root; everything else here may. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Debian's PgBouncer in front of a PostgreSQL. `ignored`: its `ignore_startup_parameters`. @returns DATABASE_URL */
export async function startPgBouncer(databaseUrl: string, mode: 'session' | 'transaction', ignored: string): Promise<string> {
  const folder = await mkdtemp('/tmp/rollcall-scale-pgbouncer-');
  const { hostname, port: behind, pathname, username } = new URL(databaseUrl);
  const port = await freePort();
  await writeFile(`${folder}/pgbouncer.ini`, `[databases]
* = host=${hostname} port=${behind} dbname=${pathname.slice(1)} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 40
max_client_conn = 200
${ignored === '' ? '' : `ignore_startup_parameters = ${ignored}`}
`);
  if (nobody.uid !== undefined) await Promise.all([folder, `${folder}/pgbouncer.ini`].map((path) => chown(path, nobody.uid, nobody.gid)));
  const pooler = spawn(program, ['-q', `${folder}/pgbouncer.ini`], { ...nobody, cwd: folder, stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => { pooler.once('exit', () => { resolve(); }); });
  onTestFinished(async () => {
    pooler.kill('SIGKILL');
    await exited;
    await rm(folder, { recursive: true, force: true });
  });
  const url = `postgresql://${username}@127.0.0.1:${port}/pooled`;
  await until('PgBouncer answers', async () => {
    const client = new pg.Client({ connectionString: url });
    return client.connect().then(() => client.end()).then(() => true, () => false);
  });
  return url;
}
