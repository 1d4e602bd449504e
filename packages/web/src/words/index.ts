export { actionNameOf } from './actions.ts';
export { describePlan, describeRun } from './outcome.tsx';
export { planStateNames, planStateTones, planStates, runItemStateNames, runItemStateTones, runStateNames, runStateTones } from './states.ts';
export { useReason } from './reasons.ts';
export { useEffectWords } from './effects.ts';
export { useCallWords } from './calls.ts';
export { useProblem } from './problems.ts';
