import { basename } from 'node:path/posix';
import type { Rule } from '../support/rule.ts';

const longest = 300;
const emptyNames = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'managers']);

/** Each of these tools reads its settings from the default export of exactly this file. */
const wantsDefaultExport = new Set(['vitest.config.ts', 'packages/web/vite.config.ts', 'packages/web/lingui.config.ts']);

const isGenerated = (path: string, text: string): boolean => /\.generated\./u.test(path) || /^(?:\/\/|\/\*+)\s*Generated\b/u.test(text);

export const shortFiles: Rule = ({ sources }) =>
  sources.filter(({ path, text, lineCount }) => lineCount > longest && !isGenerated(path, text)).map(({ path, lineCount }) => `${path} has ${lineCount} lines; split it (at most ${longest})`);

/** A name that says nothing invites everything. */
export const tellingNames: Rule = ({ sources }) =>
  sources
    .map(({ path }) => path)
    .filter((path) => path.split('/').some((part) => basename(part).split(/[.-]/u).some((word) => emptyNames.has(word))))
    .map((path) => `${path}: name it after what it holds`);

export const namedExports: Rule = ({ sources }) =>
  sources.filter(({ path, hasDefaultExport }) => hasDefaultExport && !wantsDefaultExport.has(path)).map(({ path }) => `${path} has a default export; name it`);
