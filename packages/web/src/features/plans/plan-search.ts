const decisions = ['act', 'skip', 'look'] as const;
export type Decision = (typeof decisions)[number];

/** Which rows of a plan are shown. */
export interface PlanSearch {
  readonly decision?: Decision | undefined;
  readonly reason?: string | undefined;
}

export function readPlanSearch(search: Readonly<Record<string, unknown>>): PlanSearch {
  const decision = decisions.find((one) => one === search['decision']);
  const reason = search['reason'];
  return { ...(decision === undefined ? {} : { decision }), ...(typeof reason === 'string' ? { reason } : {}) };
}

const states = ['building', 'ready', 'refused', 'applied', 'expired', 'discarded', 'failed'] as const;

/** Which plans are listed. */
export interface PlansSearch {
  readonly state?: (typeof states)[number] | undefined;
}

export function readPlansSearch(search: Readonly<Record<string, unknown>>): PlansSearch {
  const state = states.find((one) => one === search['state']);
  return state === undefined ? {} : { state };
}
