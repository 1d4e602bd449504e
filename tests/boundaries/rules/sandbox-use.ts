import { isTest, packageName } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

const mayStartIt = (path: string): boolean => isTest(path) || path.startsWith('bench/') || path.startsWith('packages/sandbox/') || /^packages\/cli\/src\/(?:[^/]+\/)*demo(?:[./-]|$)/u.test(path);

/** The sandbox is for tests, the benchmark and the demo; product code that knows it would behave differently in use. */
export const sandboxUse: Rule = ({ sources }) =>
  sources
    .filter(({ path }) => !mayStartIt(path))
    .flatMap((file) => file.imports.filter(({ specifier }) => packageName(specifier) === '@rollcall/sandbox').map(({ line }) => `${file.path}:${line} imports the sandbox; only tests, bench and the demo may`));
