import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import './display.css';

export interface StepperProps {
  readonly label: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** Index of the step shown, from 0. */
  readonly current: number;
}

/** Where one is in a wizard. */
export function Stepper({ label, steps, current }: StepperProps): ReactNode {
  const { t } = useLingui();
  const stateOf = (index: number): 'done' | 'current' | 'ahead' => (index < current ? 'done' : index === current ? 'current' : 'ahead');
  return (
    <ol className="rc-stepper" aria-label={label}>
      {steps.map((step, index) => {
        const state = stateOf(index);
        return (
          <li key={step} data-state={state} {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}>
            <span className="rc-step">
              {state === 'done' && <Check size={14} role="img" aria-label={t`Done`} />}
              <span className="rc-step-name">{`${index + 1}. ${step}`}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
