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
import { thisRepository } from './support/repository.ts';

const repository = thisRepository();
const rules = { completeLockFile, declaredDependencies, featureDoors, lazyServer, namedExports, packageDirection, portableTexts, pureCore, reservedUses, sandboxUse, shortFiles, tellingNames };

describe('the repository keeps its boundaries', () => {
  test.each(Object.entries(rules))('%s', (_, rule) => {
    expect(rule(repository)).toEqual([]);
  });
});

describe('the rules see what they judge', () => {
  test.each(['cli', 'connectors', 'contract', 'core', 'sandbox', 'server', 'web'])('files and imports of packages/%s', (name) => {
    const files = repository.sources.filter(({ path }) => path.startsWith(`packages/${name}/src/`));
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(5);
  });

  test('enough imports in all', () => {
    expect(repository.sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
  });

  test('every package.json', () => {
    expect(repository.manifests.map(({ folder }) => folder).toSorted()).toEqual(['', ...['cli', 'connectors', 'contract', 'core', 'sandbox', 'server', 'web'].map((name) => `packages/${name}`)]);
  });
});
