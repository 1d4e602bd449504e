import { parseArgs } from 'node:util';
import type { Step } from './step.ts';

export interface Choice {
  readonly steps: readonly Step[];
  readonly patterns: readonly string[];
}

export class UnknownChoice extends Error {}

function parsed(args: readonly string[]): { names: readonly string[]; patterns: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { only: { type: 'string', multiple: true, default: [] }, project: { type: 'string', multiple: true, default: [] } },
    });
    return { names: [...values.only, ...values.project].flatMap((names) => names.split(',')), patterns: positionals };
  } catch (error) {
    throw new UnknownChoice(error instanceof Error ? error.message : String(error));
  }
}

/**
 * `npm test -- [--only NAME[,NAME]] [--project NAME] [-- PATTERN …]`: which steps run, on which test files.
 * @throws UnknownChoice when a name is not a step, because a misspelt name would otherwise test nothing
 */
export function chooseSteps(all: readonly Step[], args: readonly string[]): Choice {
  const { names, patterns } = parsed(args);
  const unknown = names.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) throw new UnknownChoice(`Unknown: ${unknown.join(', ')}. Known: ${all.map((step) => step.name).join(', ')}.`);
  const named = names.length === 0 ? all : all.filter((step) => names.includes(step.name));
  return { steps: patterns.length === 0 ? named : named.filter((step) => step.takesPatterns), patterns };
}
