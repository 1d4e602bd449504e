import { isRelative, isShipped, packageName, packageOf, target } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

/** Who may import whom in shipped code. The sandbox stands for the vendors, so it knows nothing of ours and only `rollcall demo` starts it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  sandbox: [],
  contract: ['core'],
  connectors: ['core'],
  web: ['core', 'contract'],
  server: ['core', 'contract', 'connectors'],
  cli: ['core', 'contract', 'connectors', 'server', 'sandbox'],
};

const ourPackage = (name: string): string | undefined => /^@rollcall\/(.+)$/u.exec(name)?.[1];

const declared: Rule = ({ manifests }) =>
  manifests.flatMap((manifest) => {
    const own = ourPackage(manifest.name);
    if (own === undefined) return [];
    const permitted = allowed[own];
    if (permitted === undefined) return [`${manifest.folder}/package.json is a package the table in package-direction.ts does not know`];
    const wrong = [...manifest.shipped].filter((name) => ourPackage(name) !== undefined && !permitted.includes(ourPackage(name) ?? ''));
    return wrong.map((name) => `${manifest.folder}/package.json depends on ${name}; ${own} may depend on: ${permitted.join(', ') || 'none of ours'}`);
  });

const imported: Rule = ({ sources }) =>
  sources.filter(({ path }) => isShipped(path)).flatMap((file) => {
    const own = packageOf(file.path) ?? '';
    return file.imports
      .map((one) => ({ ...one, other: ourPackage(packageName(one.specifier)) }))
      .filter(({ other }) => other !== undefined && other !== own && !(allowed[own] ?? []).includes(other))
      .map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}; ${own} may import: ${(allowed[own] ?? []).join(', ') || 'none of ours'}`);
  });

const escaping: Rule = ({ sources }) =>
  sources.filter(({ path }) => isShipped(path)).flatMap((file) =>
    file.imports
      .filter(({ specifier }) => isRelative(specifier) && !target(file.path, specifier).startsWith(`packages/${packageOf(file.path)}/`))
      .map(({ specifier, line }) => `${file.path}:${line} reaches out of its package by ${specifier}; import the package by its name`),
  );

/** The direction of design: core ← contract ← {web, cli}; core ← connectors; {core, contract, connectors} ← server ← cli. */
export const packageDirection: Rule = (repository) => [...declared(repository), ...imported(repository), ...escaping(repository)];
