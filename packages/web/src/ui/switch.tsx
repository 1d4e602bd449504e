import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import type { SwitchProps as AriaSwitchProps } from 'react-aria-components';
import './field.css';

export interface SwitchProps extends Omit<AriaSwitchProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  readonly description?: ReactNode;
}

/** On or off, in force at once (no Save button). */
export function Switch({ children, description, ...rest }: SwitchProps): ReactNode {
  return (
    <AriaSwitch {...rest} className="rc-check">
      <span className="rc-switch-track" />
      <span className="rc-check-text">
        {children}
        {description !== undefined && <span className="rc-option-description">{description}</span>}
      </span>
    </AriaSwitch>
  );
}
