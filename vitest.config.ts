import { defineConfig } from 'vitest/config';

/**
 * One project per kind of test, so that a part can be run alone: `npx vitest run --project unit`.
 * `npm test` runs them one after the other (scripts/test.ts); the machine of reference has two cores.
 */
const never = ['**/node_modules/**', '**/dist/**', '.runtime/**'];
// The time limits only end what hangs: on a busy machine a test that does nothing wrong can take many times as long.
const twoWorkers = { pool: 'forks', maxWorkers: 2, testTimeout: 60_000, hookTimeout: 120_000 } as const;

/** Each file starts servers of its own and mostly waits for them, or for pages: two files beside each other take little longer than one. */
const twoServers = { ...twoWorkers, testTimeout: 300_000, hookTimeout: 300_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/{core,contract,connectors,cli}/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
          exclude: never,
          ...twoWorkers,
        },
      },
      {
        test: {
          name: 'sandbox',
          include: ['packages/sandbox/test/**/*.test.ts'],
          exclude: never,
          ...twoWorkers,
        },
      },
      {
        test: {
          name: 'server',
          include: ['packages/server/{src,test}/**/*.test.ts'],
          exclude: never,
          globalSetup: ['packages/server/test/support/global-setup.ts'],
          ...twoWorkers,
        },
      },
      {
        test: {
          name: 'web',
          include: ['packages/web/test/**/*.test.{ts,tsx}'],
          exclude: [...never, 'packages/web/test/browser/**'],
          ...twoWorkers,
        },
      },
      {
        test: {
          name: 'boundaries',
          include: ['tests/boundaries/**/*.test.ts'],
          exclude: never,
          ...twoWorkers,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts'],
          exclude: [...never, 'tests/browser/**', 'tests/boundaries/**'],
          ...twoServers,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'packages/web/test/browser/**/*.test.ts'],
          exclude: never,
          globalSetup: ['scripts/web-build.mjs'],
          ...twoServers,
        },
      },
    ],
  },
});
