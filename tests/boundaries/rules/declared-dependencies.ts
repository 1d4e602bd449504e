import type { Manifest } from '../support/manifest.ts';
import { isRelative, isShipped, packageName } from '../support/paths.ts';
import type { Repository } from '../support/repository.ts';
import type { Rule } from '../support/rule.ts';
import type { SourceFile } from '../support/source-file.ts';

function ownerOf(repository: Repository, file: SourceFile): Manifest {
  const owners = repository.manifests.filter(({ folder }) => folder === '' || file.path.startsWith(`${folder}/`));
  const owner = owners.toSorted((a, b) => b.folder.length - a.folder.length)[0];
  if (owner === undefined) throw new Error(`No package.json stands above ${file.path}.`);
  return owner;
}

/** Virtual modules a bundler makes; they are in no package.json. */
const isVirtual = (specifier: string): boolean => specifier.startsWith('virtual:') || specifier.startsWith('/');

/** Tools of the whole repository (vitest, fast-check, …) are declared once, at its root; our own packages are not tools. */
function rootTools(repository: Repository): ReadonlySet<string> {
  const development = repository.manifests.find(({ folder }) => folder === '')?.development ?? new Set();
  return new Set([...development].filter((name) => !name.startsWith('@rollcall/')));
}

function mayImport(repository: Repository, file: SourceFile, name: string): boolean {
  const owner = ownerOf(repository, file);
  if (owner.shipped.has(name) || owner.name === name) return true;
  return !isShipped(file.path) && (owner.development.has(name) || rootTools(repository).has(name));
}

/** A file imports only what the package.json above it declares: shipped code from `dependencies`, tests from `devDependencies` too. */
export const declaredDependencies: Rule = (repository) =>
  repository.sources.flatMap((file) =>
    file.imports
      .filter(({ specifier }) => !isRelative(specifier) && !specifier.startsWith('node:') && !isVirtual(specifier))
      .filter(({ specifier }) => !mayImport(repository, file, packageName(specifier)))
      .map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}, which ${ownerOf(repository, file).folder || 'the root'}/package.json does not declare for it`),
  );
