import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import type { ButtonAppearance } from './button.tsx';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import './button.css';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** What it does: read aloud and shown as a tooltip. */
  readonly label: string;
  /** A lucide icon element. */
  readonly icon: ReactNode;
  readonly appearance?: ButtonAppearance;
  readonly spacing?: 'default' | 'compact';
  readonly isSelected?: boolean;
  readonly hasTooltip?: boolean;
}

/** A square button with an icon only; its name is always there for screen readers and as a tooltip. */
export function IconButton({ label, icon, appearance = 'subtle', spacing = 'default', isSelected = false, hasTooltip = true, ...rest }: IconButtonProps): ReactNode {
  const button = (
    <AriaButton
      {...rest}
      aria-label={label}
      className={classNames('rc-button rc-icon-button', `rc-button-${appearance}`, spacing === 'compact' && 'rc-button-compact', isSelected && 'rc-button-selected')}
    >
      {icon}
    </AriaButton>
  );
  return hasTooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
}
