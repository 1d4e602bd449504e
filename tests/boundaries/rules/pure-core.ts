import { isShipped, packageOf } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

const impure = [
  /^Date\.now$/u,
  /^new Date\(\)$/u,
  /^Date\(\)$/u,
  /^Temporal\.Now\b/u,
  /^Math\.random$/u,
  /^performance\./u,
  /^crypto\.(?:randomUUID|getRandomValues)$/u,
  /^process\./u,
  /^console\./u,
  /^(?:setTimeout|setInterval|setImmediate|queueMicrotask)(?:\(\))?$/u,
];

/** Core runs in a browser and says the same thing twice: no clock, no randomness, no environment, nothing of Node. */
export const pureCore: Rule = ({ sources }) =>
  sources.filter(({ path }) => isShipped(path) && packageOf(path) === 'core').flatMap((file) => [
    ...file.uses.filter(({ what }) => impure.some((pattern) => pattern.test(what))).map(({ what, line }) => `${file.path}:${line} uses ${what}; take it as an argument`),
    ...file.imports.filter(({ specifier }) => specifier.startsWith('node:')).map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}; core runs in a browser`),
  ]);
