import { describe, expect, test } from 'vitest';
import { completeLockFile } from './rules/complete-lock-file.ts';
import { declaredDependencies } from './rules/declared-dependencies.ts';
import { featureDoors } from './rules/feature-doors.ts';
import { namedExports, shortFiles, tellingNames } from './rules/file-shape.ts';
import { lazyServer } from './rules/lazy-server.ts';
import { packageDirection } from './rules/package-direction.ts';
import { portableTexts } from './rules/portable-texts.ts';
import { pureCore } from './rules/pure-core.ts';
import { reservedUses } from './rules/reserved-uses.ts';
import { sandboxUse } from './rules/sandbox-use.ts';
import { repositoryOf } from './support/repository.ts';
import type { Rule } from './support/rule.ts';

const manifests = {
  'package.json': '{"name":"rollcall","devDependencies":{"vitest":"1","@rollcall/sandbox":"1"}}',
  'packages/core/package.json': '{"name":"@rollcall/core","dependencies":{"zod":"1"}}',
  'packages/server/package.json': '{"name":"@rollcall/server","dependencies":{"@rollcall/core":"1"},"devDependencies":{"@types/pg":"1"}}',
  'packages/cli/package.json': '{"name":"@rollcall/cli","dependencies":{"@rollcall/server":"1","@rollcall/sandbox":"1"}}',
};

const judge = (rule: Rule, path: string, text: string): readonly string[] => rule(repositoryOf({ ...manifests, [path]: text }));

type Case = readonly [name: string, rule: Rule, path: string, text: string];

const caught: readonly Case[] = [
  ['an undeclared package', declaredDependencies, 'packages/core/src/a.ts', "import { x } from 'left-pad';"],
  ['an undeclared package behind import()', declaredDependencies, 'packages/core/src/a.ts', "await import('left-pad/deep');"],
  ['an undeclared re-export', declaredDependencies, 'packages/core/src/a.ts', "export { x } from 'left-pad';"],
  ['a test tool in shipped code', declaredDependencies, 'packages/core/src/a.ts', "import { test } from 'vitest';"],
  ['core importing the server', packageDirection, 'packages/core/src/a.ts', "import { x } from '@rollcall/server';"],
  ['core importing types of the contract', packageDirection, 'packages/core/src/a.ts', "import type { X } from '@rollcall/contract';"],
  ['a relative way out of the package', packageDirection, 'packages/core/src/a.ts', "import { x } from '../../server/src/x.ts';"],
  ['a manifest that points the wrong way', packageDirection, 'packages/core/package.json', '{"name":"@rollcall/core","dependencies":{"@rollcall/server":"1"}}'],
  ['a package nobody placed', packageDirection, 'packages/extra/package.json', '{"name":"@rollcall/extra"}'],
  ['the server loaded for every command', lazyServer, 'packages/cli/src/main.ts', "import { serve } from '@rollcall/server';"],
  ["another feature's inside", featureDoors, 'packages/server/src/features/a/service.ts', "import { x } from '../b/store.ts';"],
  ["a feature's inside from the app", featureDoors, 'packages/server/src/app/compose.ts', "import { x } from '../features/b/store.ts';"],
  ['the environment', reservedUses, 'packages/server/src/db/pool.ts', 'export const url = process.env.DATABASE_URL;'],
  ['the environment in brackets', reservedUses, 'packages/server/src/db/pool.ts', "export const url = process['env']['DATABASE_URL'];"],
  ['the environment taken apart', reservedUses, 'packages/server/src/db/pool.ts', 'const { env } = process;'],
  ['a fetch', reservedUses, 'packages/server/src/features/a/service.ts', "await fetch('http://x');"],
  ['a fetch of the global object', reservedUses, 'packages/web/src/a.ts', "await globalThis.fetch('x');"],
  ['the clock in core', pureCore, 'packages/core/src/a.ts', 'export const now = () => Date.now();'],
  ['a new date in core', pureCore, 'packages/core/src/a.ts', 'export const now = () => new Date();'],
  ['randomness in core', pureCore, 'packages/core/src/a.ts', 'export const die = () => Math.random();'],
  ['random ids in core', pureCore, 'packages/core/src/a.ts', 'export const id = () => crypto.randomUUID();'],
  ['the precise clock in core', pureCore, 'packages/core/src/a.ts', 'export const now = () => globalThis.performance.now();'],
  ['Node in core', pureCore, 'packages/core/src/a.ts', "import { randomBytes } from 'node:crypto';"],
  ['a default export', namedExports, 'packages/core/src/a.ts', 'export default 1;'],
  ['a default export by another name', namedExports, 'packages/core/src/a.ts', 'const a = 1; export { a as default };'],
  ['a long file', shortFiles, 'packages/core/src/a.ts', '//\n'.repeat(301)],
  ['an empty name', tellingNames, 'packages/core/src/date-utils.ts', 'export const a = 1;'],
  ['an empty folder name', tellingNames, 'packages/core/src/helpers/date.ts', 'export const a = 1;'],
  ["one machine's path", portableTexts, 'docs/a.md', `see ${['', 'home', 'me', 'rollcall'].join('/')}`],
  ['a registry in the lock file', portableTexts, 'package-lock.json', ['"resolved": "', 'https://example.test/a.tgz"'].join('')],
  ['a lock file of one platform', completeLockFile, 'package-lock.json', '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin":"1"}}}}'],
  ['a registry in a setting', portableTexts, '.npmrc', `registry=https://${['registry', 'npmjs', 'org'].join('.')}/`],
  ['the sandbox in the server', sandboxUse, 'packages/server/src/app/main.ts', "import { x } from '@rollcall/sandbox';"],
  ['the sandbox in another command', sandboxUse, 'packages/cli/src/commands/sync.ts', "await import('@rollcall/sandbox');"],
];

const allowed: readonly Case[] = [
  ['a declared package', declaredDependencies, 'packages/core/src/a.ts', "import { z } from 'zod'; import { x } from './x.ts';"],
  ['a tool of the root in a test', declaredDependencies, 'packages/core/test/a.test.ts', "import { test } from 'vitest';"],
  ['the direction of the design', packageDirection, 'packages/server/src/a.ts', "import { x } from '@rollcall/core';"],
  ['the server behind import()', lazyServer, 'packages/cli/src/main.ts', "import type { X } from '@rollcall/server'; await import('@rollcall/server');"],
  ["another feature's door", featureDoors, 'packages/server/src/features/a/service.ts', "import { x } from '../b/index.ts'; import { y } from './store.ts';"],
  ['the environment where it is read', reservedUses, 'packages/server/src/app/config.ts', 'export const env = process.env;'],
  ['a word in a comment or a string', reservedUses, 'packages/server/src/a.ts', "// process.env\nexport const help = 'fetch(…) reads process.env';"],
  ['a given date in core', pureCore, 'packages/core/src/a.ts', 'export const at = (ms: number) => new Date(ms);'],
  ['three hundred lines', shortFiles, 'packages/core/src/a.ts', '//\n'.repeat(300)],
  ['a long generated file', shortFiles, 'packages/core/src/a.ts', `// Generated by npm run generate.\n${'//\n'.repeat(400)}`],
  ['a lock file of every platform', completeLockFile, 'package-lock.json', '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin":"1"}},"node_modules/a-darwin":{}}}'],
  ['the demo', sandboxUse, 'packages/cli/src/demo/demo.ts', "import { x } from '@rollcall/sandbox';"],
];

describe('each rule catches its planted violation', () => {
  test.each(caught)('%s', (_, rule, path, text) => {
    expect(judge(rule, path, text)).toHaveLength(1);
  });
});

describe('no rule sees a violation where there is none', () => {
  test.each(allowed)('%s', (_, rule, path, text) => {
    expect(judge(rule, path, text)).toEqual([]);
  });
});

test('a file that cannot be parsed is an error, not a file without imports', () => {
  expect(() => repositoryOf({ 'packages/core/src/a.ts': 'import { from' })).toThrow('packages/core/src/a.ts cannot be parsed');
});
