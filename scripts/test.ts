import { chooseSteps, UnknownChoice } from './checks/choose-steps.ts';
import type { Outcome, Step } from './checks/step.ts';
import { failedOnce } from './checks/step.ts';
import { steps } from './checks/steps.ts';
import { lastLine, succeeded, total } from './checks/summary.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function runStep(step: Step, patterns: readonly string[]): Promise<Outcome> {
  print(`• ${step.title}`);
  const startedAt = performance.now();
  const outcome = await step.run(patterns).catch((error: unknown) => failedOnce(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  if (outcome.detail !== undefined) print(outcome.detail.replaceAll(/^/gmu, '  '));
  print(`  ${lastLine(outcome)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return outcome;
}

async function main(args: readonly string[]): Promise<Outcome> {
  const { steps: chosen, patterns } = chooseSteps(steps, args);
  const outcomes: Outcome[] = [];
  for (const step of chosen) outcomes.push(await runStep(step, patterns));
  return total(outcomes);
}

try {
  const outcome = await main(process.argv.slice(2));
  if (outcome.passed + outcome.failed === 0) print('Nothing was tested.');
  print(lastLine(outcome));
  process.exitCode = succeeded(outcome) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UnknownChoice)) throw error;
  print(error.message);
  print(lastLine(failedOnce('')));
  process.exitCode = 2;
}
