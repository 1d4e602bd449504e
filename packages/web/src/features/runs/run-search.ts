import { actionVerbWords } from '../../words/actions.ts';
import type { ActionVerb } from '../../words/actions.ts';

const itemStates = ['pending', 'intent', 'applied', 'alreadySo', 'verified', 'skipped', 'failed', 'uncertain', 'cancelled'] as const;
export type ItemState = (typeof itemStates)[number];
export const runResults = ['open', 'clean', 'withFailures', 'uncertain', 'cancelled'] as const;
export type RunResult = (typeof runResults)[number];

/** Which rows of a run log are shown. */
export interface RunSearch {
  readonly state?: ItemState | undefined;
  readonly search?: string | undefined;
}

/** Which run logs are listed. */
export interface RunsSearch {
  readonly action?: ActionVerb | undefined;
  readonly result?: RunResult | undefined;
  readonly requestedBy?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function known<T extends object>(search: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every member is optional: leaving those that are undefined out keeps the type
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

export function readRunSearch(search: Readonly<Record<string, unknown>>): RunSearch {
  return known({ state: itemStates.find((one) => one === search['state']), search: text(search['search']) });
}

export function readRunsSearch(search: Readonly<Record<string, unknown>>): RunsSearch {
  return known({
    action: actionVerbWords.find((one) => one === search['action']), result: runResults.find((one) => one === search['result']),
    requestedBy: text(search['requestedBy']), from: day(search['from']), to: day(search['to']),
  });
}
