import type { CSSProperties, ReactNode } from 'react';
import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { classNames } from './class-names.ts';
import './display.css';

export interface ProgressBarProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  /** 0 to `max`; null while the total is not known. */
  readonly value: number | null;
  readonly max?: number;
  /** Words in place of the percentage, e.g. "1,200 of 5,000 accounts". */
  readonly valueText?: string;
  readonly tone?: 'default' | 'success' | 'danger';
}

/** How far long work has come. */
export function ProgressBar({ label, isLabelHidden = false, value, max = 100, valueText, tone = 'default' }: ProgressBarProps): ReactNode {
  const text = valueText === undefined ? {} : { valueLabel: valueText };
  return (
    <AriaProgressBar className={`rc-progress rc-progress-${tone}`} aria-label={label} value={value ?? 0} maxValue={Math.max(max, 1)} isIndeterminate={value === null} {...text}>
      {({ percentage, valueText: shown }) => {
        const style: CSSProperties = percentage === undefined ? {} : { width: `${percentage}%` };
        return (
          <>
            {!isLabelHidden && (
              <span className="rc-progress-head">
                <span>{label}</span>
                <span className="rc-numeric">{valueText ?? shown}</span>
              </span>
            )}
            <span className="rc-progress-track">
              <span className={classNames('rc-progress-fill', percentage === undefined && 'rc-progress-indeterminate')} style={style} />
            </span>
          </>
        );
      }}
    </AriaProgressBar>
  );
}
