import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import './button.css';

export type ButtonAppearance = 'primary' | 'default' | 'subtle' | 'danger' | 'warning' | 'link';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly appearance?: ButtonAppearance;
  /** `compact` is 24 px high, for toolbars inside tables. */
  readonly spacing?: 'default' | 'compact';
  readonly iconBefore?: ReactNode;
  readonly iconAfter?: ReactNode;
  readonly isSelected?: boolean;
  readonly isFullWidth?: boolean;
  readonly children?: ReactNode;
}

/** A button that does something. To go somewhere use `LinkButton`. `isPending` keeps focus and says "busy" while the work runs. */
export function Button({ appearance = 'default', spacing = 'default', iconBefore, iconAfter, isSelected = false, isFullWidth = false, children, ...rest }: ButtonProps): ReactNode {
  return (
    <AriaButton
      {...rest}
      className={classNames('rc-button', `rc-button-${appearance}`, spacing === 'compact' && 'rc-button-compact', isSelected && 'rc-button-selected', isFullWidth && 'rc-button-full')}
    >
      {iconBefore !== undefined && <span className="rc-button-icon">{iconBefore}</span>}
      <span className="rc-button-label">{children}</span>
      {iconAfter !== undefined && <span className="rc-button-icon">{iconAfter}</span>}
      {rest.isPending === true && (
        <span className="rc-button-pending">
          <Spinner size="small" />
        </span>
      )}
    </AriaButton>
  );
}
