import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-program.ts';
import type { Outcome, Step } from './step.ts';
import { failedOnce, skippedOnce } from './step.ts';
import { outcomeOfReport } from './vitest-report.ts';

export interface VitestStep {
  readonly name: string;
  readonly title: string;
  /** The project of vitest.config.ts; the step's own name unless said. */
  readonly project?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes ready what the step needs, or says why it cannot run here. */
  readonly prepare?: () => Promise<string | undefined>;
}

async function runProject(step: VitestStep, patterns: readonly string[], report: string): Promise<Outcome> {
  const mayBeEmpty = patterns.length > 0;
  const args = ['run', '--project', step.project ?? step.name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (mayBeEmpty) args.push('--passWithNoTests');
  const { succeeded, output } = await runTool('vitest/vitest.mjs', [...args, ...patterns], step.environment);
  const json = await readFile(report, 'utf8').catch(() => undefined);
  if (json === undefined) return succeeded && mayBeEmpty ? { passed: 0, failed: 0, skipped: 0 } : failedOnce(output.trim());
  const outcome = outcomeOfReport(json, succeeded, mayBeEmpty);
  return outcome.failed > 0 ? { ...outcome, detail: output.trim() } : outcome;
}

/** A project of vitest, each of its tests counted. */
export function vitestStep(step: VitestStep): Step {
  return {
    name: step.name,
    title: step.title,
    takesPatterns: true,
    run: async (patterns) => {
      const obstacle = await step.prepare?.();
      if (obstacle !== undefined) return skippedOnce(obstacle);
      const folder = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
      try {
        return await runProject(step, patterns, join(folder, 'report.json'));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
