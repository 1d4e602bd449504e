import { existsSync } from 'node:fs';
import { runProgram } from './run-program.ts';

export interface DebianPackage {
  readonly name: string;
  /** A file the package brings; when it is there, nothing has to be installed. */
  readonly file: string;
}

export const chromium: DebianPackage = { name: 'chromium', file: '/usr/bin/chromium' };
/** Without it Japanese shows as boxes, and a screenshot proves nothing. */
export const notoCjk: DebianPackage = { name: 'fonts-noto-cjk', file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' };
export const postgres15: DebianPackage = { name: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres' };

export const nginx: DebianPackage = { name: 'nginx', file: '/usr/sbin/nginx' };
export const pgbouncer: DebianPackage = { name: 'pgbouncer', file: '/usr/sbin/pgbouncer' };

/** With a run level of 1 packages do not start the services that they bring. */
const quiet = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/**
 * Installs what is missing where that is possible: on Debian, as root.
 * Answers why the packages are not there afterwards, or undefined when they are.
 */
export async function obstacleToDebianPackages(wanted: readonly DebianPackage[]): Promise<string | undefined> {
  const missing = wanted.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0) return undefined;
  const need = `needs Debian's ${missing.join(', ')}`;
  if (!existsSync('/etc/debian_version')) return `${need}, and this is not Debian`;
  if (process.getuid?.() !== 0) return `${need}; install it (sudo apt-get install ${missing.join(' ')}) or run as root`;
  process.stdout.write(`  installing ${missing.join(', ')} …\n`);
  await runProgram('apt-get', ['update', '-q'], quiet);
  const { succeeded, output } = await runProgram('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...missing], quiet);
  if (!succeeded) return `${need}, and apt-get could not install it: ${output.trim().split('\n').slice(-3).join(' ')}`;
  const still = wanted.filter(({ file }) => !existsSync(file)).map(({ file }) => file);
  return still.length === 0 ? undefined : `${need}, which did not bring ${still.join(', ')}`;
}
