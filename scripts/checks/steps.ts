import { join } from 'node:path';
import { chromium, nginx, notoCjk, obstacleToDebianPackages, pgbouncer, postgres15 } from './debian-packages.ts';
import { checkout, runProgram, runTool } from './run-program.ts';
import type { Step } from './step.ts';
import { vitestStep } from './vitest-step.ts';
import { wholeRepositoryStep } from './whole-repository-step.ts';

/** Everything `npm test` runs, in this order: what fails soonest first. */
export const steps: readonly Step[] = [
  wholeRepositoryStep('types', 'types', async () => await runTool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'])),
  wholeRepositoryStep('types-web', 'types of the web app', async () => await runTool('typescript/bin/tsc', ['--noEmit', '-p', 'packages/web/tsconfig.json'])),
  wholeRepositoryStep('lint', 'lint', async () => await runTool('oxlint/bin/oxlint', ['--type-aware', '--report-unused-disable-directives-severity=error'])),
  wholeRepositoryStep('unused', 'unused files, exports and packages', async () => await runTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints'])),
  wholeRepositoryStep('generated', 'generated files are up to date', async () => await runProgram(process.execPath, [join(checkout, 'scripts', 'generate.ts'), '--check'])),
  vitestStep({ name: 'boundaries', title: 'boundaries between the packages' }),
  vitestStep({ name: 'unit', title: 'core, contract, connectors, command line' }),
  vitestStep({ name: 'sandbox', title: 'sandbox' }),
  vitestStep({ name: 'web', title: 'web app without a browser' }),
  vitestStep({ name: 'server', title: 'server on the embedded PostgreSQL 18' }),
  vitestStep({
    name: 'server-postgres-15',
    title: "server on Debian's PostgreSQL 15",
    project: 'server',
    environment: { ROLLCALL_TEST_POSTGRES: '15' },
    prepare: async () => await obstacleToDebianPackages([postgres15]),
  }),
  vitestStep({ name: 'system', title: 'whole system', prepare: async () => await obstacleToDebianPackages([postgres15, nginx, pgbouncer]) }),
  vitestStep({ name: 'browser', title: 'browser', prepare: async () => await obstacleToDebianPackages([chromium, notoCjk]) }),
];
