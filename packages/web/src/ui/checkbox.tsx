import type { ReactNode } from 'react';
import { Check, Minus } from 'lucide-react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import type { CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import './field.css';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> {
  /** The words beside it; without them give `aria-label`. */
  readonly children?: ReactNode;
  readonly description?: ReactNode;
}

/** Yes or no, or partly (`isIndeterminate`). */
export function Checkbox({ children, description, ...rest }: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox {...rest} className="rc-check">
      {({ isIndeterminate }) => (
        <>
          <span className="rc-check-box">{isIndeterminate ? <Minus aria-hidden /> : <Check aria-hidden />}</span>
          {children !== undefined && (
            <span className="rc-check-text">
              {children}
              {description !== undefined && <span className="rc-option-description">{description}</span>}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  );
}
