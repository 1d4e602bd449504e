import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import './spinner.css';

export interface SpinnerProps {
  readonly size?: 'small' | 'medium' | 'large';
  /** Says what is being waited for; left out where the surroundings say it. */
  readonly label?: string;
}

/** Something is on its way. For work whose length is known use ProgressBar. */
export function Spinner({ size = 'medium', label }: SpinnerProps): ReactNode {
  const { t } = useLingui();
  return (
    <svg className={`rc-spinner rc-spinner-${size}`} viewBox="0 0 16 16" role="img" aria-label={label ?? t`Loading`}>
      <circle cx="8" cy="8" r="7" />
    </svg>
  );
}
