import { describe, expect, test } from 'vitest';
import { chooseSteps, UnknownChoice } from '../checks/choose-steps.ts';
import type { Step } from '../checks/step.ts';
import { lastLine, succeeded, total } from '../checks/summary.ts';
import { outcomeOfReport } from '../checks/vitest-report.ts';

const report = (passed: number, failed: number, pending = 0, files: readonly { status: string; assertionResults: readonly { status: string }[] }[] = []): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0, testResults: files });

describe('counting a report of vitest', () => {
  test('counts each test', () => {
    expect(outcomeOfReport(report(5, 2, 1), false, false)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test('a file that broke outside its tests is a failure', () => {
    expect(outcomeOfReport(report(5, 0, 0, [{ status: 'failed', assertionResults: [] }]), false, false).failed).toBe(1);
  });

  test('a failed test is not counted again for its file', () => {
    expect(outcomeOfReport(report(5, 1, 0, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]), false, false).failed).toBe(1);
  });

  test('a bad end without a failed test is a failure', () => {
    expect(outcomeOfReport(report(5, 0), false, false).failed).toBe(1);
  });

  test('finding no test is a failure, unless a pattern chose none', () => {
    expect(outcomeOfReport(report(0, 0), true, false).failed).toBe(1);
    expect(outcomeOfReport(report(0, 0), true, true).failed).toBe(0);
  });

  test('a report of another shape is refused', () => {
    expect(() => outcomeOfReport('{}', true, false)).toThrow('numPassedTests');
  });
});

describe('choosing steps', () => {
  const step = (name: string, takesPatterns: boolean): Step => ({ name, title: name, takesPatterns, run: async () => Promise.resolve({ passed: 1, failed: 0, skipped: 0 }) });
  const all = [step('types', false), step('unit', true), step('server', true)];
  const names = (args: readonly string[]): readonly string[] => chooseSteps(all, args).steps.map(({ name }) => name);

  test('all, unless some are named', () => {
    expect(names([])).toEqual(['types', 'unit', 'server']);
    expect(names(['--only', 'server,types'])).toEqual(['types', 'server']);
    expect(names(['--project', 'unit', '--project', 'server'])).toEqual(['unit', 'server']);
  });

  test('a pattern of files leaves out what is not about files', () => {
    expect(names(['--', 'plan'])).toEqual(['unit', 'server']);
    expect(chooseSteps(all, ['--project', 'unit', '--', 'plan']).patterns).toEqual(['plan']);
  });

  test('a misspelt name is refused, because it would test nothing', () => {
    expect(() => chooseSteps(all, ['--only', 'sever'])).toThrow(UnknownChoice);
    expect(() => chooseSteps(all, ['--onyl', 'server'])).toThrow(UnknownChoice);
  });
});

describe('the last line', () => {
  test('sums up, and names skips only when there are any', () => {
    const outcome = total([{ passed: 2, failed: 0, skipped: 0 }, { passed: 1, failed: 1, skipped: 0 }]);
    expect(lastLine(outcome)).toBe('3 passed, 1 failed');
    expect(lastLine({ ...outcome, skipped: 4 })).toBe('3 passed, 1 failed, 4 skipped');
  });

  test('nothing tested is not a success', () => {
    expect(succeeded({ passed: 0, failed: 0, skipped: 3 })).toBe(false);
    expect(succeeded({ passed: 1, failed: 0, skipped: 3 })).toBe(true);
    expect(succeeded({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
  });
});
