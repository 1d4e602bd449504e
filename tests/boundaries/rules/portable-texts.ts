import { isTest } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

/** Written in pieces, so that this file does not find itself. */
const machinePath = (folders: readonly string[]): RegExp => new RegExp(String.raw`(?<![\w.~-])/(?:${folders.join('|')})/[\w.-]+`, 'u');
const machinePaths = machinePath(['work', 'root', 'Users', 'home']);
/** Tests of path handling need a made-up home folder. */
const machinePathsInTests = machinePath(['work', 'root', 'Users']);
const registryAddress = new RegExp(['registry', String.raw`[\w.-]*`, String.raw`\.`, '(?:org|com|io|dev|net)', String.raw`\b|_auth`, 'Token'].join(''), 'u');
const resolvedAddress = new RegExp(['"resolved": "', 'http'].join(''), 'u');

/** Nothing in the repository names one machine's folders or one network's package registry. */
export const portableTexts: Rule = ({ texts }) =>
  [...texts].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = (isTest(path) ? machinePathsInTests : machinePaths).exec(line) ?? registryAddress.exec(line) ?? resolvedAddress.exec(line);
      return found === null ? [] : [`${path}:${index + 1} says ${JSON.stringify(found[0])}, which is true on one machine only`];
    }),
  );
