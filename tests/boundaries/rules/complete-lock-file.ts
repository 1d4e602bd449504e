import { z } from 'zod';
import type { Rule } from '../support/rule.ts';

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) })) });

/**
 * npm sometimes writes only the platform it runs on, and `npm ci` then refuses the lock file everywhere. Each optional
 * dependency that a package of the lock file names must have an entry, beside it or above it.
 */
export const completeLockFile: Rule = ({ texts }) => {
  const text = texts.get('package-lock.json');
  if (text === undefined) return [];
  const { packages } = lockSchema.parse(JSON.parse(text));
  return Object.entries(packages).flatMap(([owner, { optionalDependencies }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`node_modules/${name}` in packages) && !(`${owner}/node_modules/${name}` in packages))
      .map((name) => `package-lock.json has no entry for ${name}, which ${owner || 'the root'} may need on another platform; add it with its version, os and cpu`),
  );
};
