import { dirname, join, normalize } from 'node:path/posix';

/** Tests and what supports them; never shipped. */
export const isTest = (path: string): boolean => path.startsWith('tests/') || /\/test\//u.test(path);

/** Code that ships: the `src` folder of a package, tests beside features aside. */
export const isShipped = (path: string): boolean => /^packages\/[^/]+\/src\//u.test(path) && !isTest(path);

/** The package a file of `packages/` belongs to: `server`, `web`, … */
export const packageOf = (path: string): string | undefined => /^packages\/([^/]+)\//u.exec(path)?.[1];

export const isRelative = (specifier: string): boolean => specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..';

/** Where a relative import leads, from the root of the repository. */
export const target = (from: string, specifier: string): string => normalize(join(dirname(from), specifier));

/** `@scope/name/deep` → `@scope/name`; `name/deep` → `name`. */
export function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
