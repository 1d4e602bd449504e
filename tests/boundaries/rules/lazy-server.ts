import { isRelative, packageName, target } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';

const entry = 'packages/cli/src/main.ts';
const heavy = new Set(['@rollcall/server', '@rollcall/sandbox']);

/** Commands that talk to a server, or read a file, start without loading one: the server and the sandbox come by `import()` only. */
export const lazyServer: Rule = ({ sources }) => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const violations: string[] = [];
  const visit = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { specifier, line, typeOnly, dynamic } of file.imports) {
      if (typeOnly || dynamic) continue;
      if (heavy.has(packageName(specifier))) violations.push(`${path}:${line} loads ${specifier} for every command; load it by import() where it is needed`);
      if (isRelative(specifier)) visit(target(path, specifier));
    }
  };
  visit(entry);
  return violations;
};
