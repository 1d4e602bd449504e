import { isShipped } from '../support/paths.ts';
import type { Rule } from '../support/rule.ts';
import type { SourceFile } from '../support/source-file.ts';

interface Reserved {
  readonly what: (use: string) => boolean;
  /** The only places of shipped code that may. */
  readonly where: RegExp;
  readonly instead: string;
}

const reserved: readonly Reserved[] = [
  {
    what: (use) => use === 'process.env',
    where: /^packages\/(?:server\/src\/app\/config|cli\/src\/main)\.ts$/u,
    instead: 'take the setting as an argument; the environment is read in server/src/app/config.ts and cli/src/main.ts only',
  },
  {
    what: (use) => use === 'fetch' || use === 'fetch()' || use === 'new XMLHttpRequest()',
    where: /^packages\/(?:connectors\/src\/kit\/pipeline\/|contract\/src\/(?:[^/]+\/)*[^/]*client[^/]*(?:\/|\.ts$))/u,
    instead: "call the vendor through the connectors' pipeline, or the server through the contract's client",
  },
];

function violationsOf(file: SourceFile): string[] {
  return reserved
    .filter(({ where }) => !where.test(file.path))
    .flatMap(({ what, instead }) => file.uses.filter((use) => what(use.what)).map((use) => `${file.path}:${use.line} uses ${use.what}: ${instead}`));
}

/** The environment and the network are each reached in the places the design names, and nowhere else. */
export const reservedUses: Rule = ({ sources }) => [...new Set(sources.filter(({ path }) => isShipped(path)).flatMap(violationsOf))];
