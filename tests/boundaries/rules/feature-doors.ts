import { isRelative, isShipped, target } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

const featureOf = (path: string): string | undefined => /^packages\/[^/]+\/src\/features\/[^/]+/u.exec(path)?.[0];

/** A feature's folder has one door, its index.ts: everybody outside it comes in there. */
export const featureDoors: Rule = ({ sources }) =>
  sources.filter(({ path }) => isShipped(path)).flatMap((file) =>
    file.imports
      .filter(({ specifier }) => isRelative(specifier))
      .map((one) => ({ ...one, to: target(file.path, one.specifier) }))
      .filter(({ to }) => featureOf(to) !== undefined && featureOf(to) !== featureOf(file.path))
      .filter(({ to }) => !/^index\.tsx?$/u.test(to.slice((featureOf(to) ?? '').length + 1)))
      .map(({ to, line }) => `${file.path}:${line} reaches into ${to}; import ${featureOf(to)}/index.ts`),
  );
