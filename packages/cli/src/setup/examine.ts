import { access, constants, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { routes } from '@rollcall/contract';
import { connect } from '../connection/connect.ts';
import { originalError } from '../original-error.ts';
import type { Output } from '../terminal/output.ts';
import { version } from '../version.ts';

export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly text: string;
}

const lowSpaceBytes = 1_000_000_000;

/** Looks at Node, settings, data folder, key file, server and database, and the sources' health, in this order. */
export async function examine(output: Output): Promise<readonly Finding[]> {
  const findings: Finding[] = [node()];
  const { loadConfig } = await import('@rollcall/server');
  try {
    const config = loadConfig(output.terminal.environment);
    findings.push({ check: 'settings', state: 'ok', text: 'The settings in the environment can be used.' }, ...(await folder(config.dataFolder)));
    if (config.secretKey === undefined) findings.push(await keyFile(config.dataFolder));
  } catch (error) {
    return [...findings, { check: 'settings', state: 'problem', text: messageOf(error) }];
  }
  return [...findings, ...(await server(output))];
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 24
    ? { check: 'node', state: 'ok', text: `Node.js ${process.versions.node}, rollcall ${version}.` }
    : { check: 'node', state: 'problem', text: `Node.js ${process.versions.node} is too old: Rollcall needs 24. Start it with npx rollcall, which brings it.` };
}

async function folder(dataFolder: string): Promise<Finding[]> {
  const facts = await stat(dataFolder).catch(() => null);
  if (facts === null) return [{ check: 'data folder', state: 'warning', text: `${dataFolder} does not exist yet; the first start makes it.` }];
  const open = process.platform !== 'win32' && (facts.mode & 0o066) !== 0;
  const writable = await access(dataFolder, constants.W_OK).then(() => true, () => false);
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  return [
    writable ? { check: 'data folder', state: 'ok', text: `${dataFolder} can be written.` } : { check: 'data folder', state: 'problem', text: `${dataFolder} cannot be written by this user. Give it to the user that runs Rollcall, or set ROLLCALL_DATA.` },
    ...(open ? [{ check: 'data folder', state: 'warning' as const, text: `${dataFolder} can be read by other users of this machine. Run: chmod go-rw ${dataFolder}` }] : []),
    free < lowSpaceBytes ? { check: 'disk', state: 'warning', text: `Only ${Math.round(free / 1_000_000)} MB are free for ${dataFolder}. Make room before the disk is full.` } : { check: 'disk', state: 'ok', text: `${Math.round(free / 1_000_000_000)} GB are free.` },
  ];
}

async function keyFile(dataFolder: string): Promise<Finding> {
  const file = path.join(dataFolder, 'secret.key');
  const facts = await stat(file).catch(() => null);
  if (facts === null) return { check: 'key file', state: 'warning', text: `${file} does not exist yet; the first start makes it.` };
  return process.platform !== 'win32' && (facts.mode & 0o077) !== 0
    ? { check: 'key file', state: 'problem', text: `${file} can be read by other users of this machine. Run: chmod 600 ${file}` }
    : { check: 'key file', state: 'ok', text: `${file} is there and private. Keep a copy apart from the backups of the database.` };
}

async function server(output: Output): Promise<Finding[]> {
  try {
    await using connection = await connect(output, {});
    const [me, { items }] = await Promise.all([connection.client.call(routes.session.me, {}), connection.client.call(routes.sources.list, {})]);
    const where = connection.embedded ? 'No server runs; one starts here, with its database.' : `The server at ${connection.url} answers.`;
    return [
      { check: 'server', state: 'ok', text: `${where} Signed in as ${me.name} (${me.role}).` },
      me.version === version ? { check: 'version', state: 'ok', text: `The server is version ${me.version}.` } : { check: 'version', state: 'warning', text: `The server is version ${me.version}, this is ${version}. Use the same on both sides.` },
      ...items.map(({ name, health }): Finding => {
        const good = health.state === 'ready' || health.state === 'syncing';
        const words = health.warnings.map(({ text }) => ` ${text}`).join('');
        return { check: `source ${name}`, state: good && words === '' ? 'ok' : health.state === 'failing' ? 'problem' : 'warning', text: `Source ${name} is ${health.state}.${words}` };
      }),
    ];
  } catch (error) {
    return [{ check: 'server', state: 'problem', text: messageOf(error) }];
  }
}

function messageOf(thrown: unknown): string {
  const error = originalError(thrown);
  return error instanceof Error ? error.message : String(error);
}
