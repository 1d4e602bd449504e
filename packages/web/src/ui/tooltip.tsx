import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import './overlay.css';

export interface TooltipProps {
  readonly content: ReactNode;
  readonly placement?: 'top' | 'bottom' | 'left' | 'right';
  /** A focusable element of this kit (a Button, IconButton or Link). */
  readonly children: ReactNode;
}

/** A short hint on hover and keyboard focus. Never the only place something is said. */
export function Tooltip({ content, placement = 'bottom', children }: TooltipProps): ReactNode {
  return (
    <TooltipTrigger delay={300} closeDelay={60}>
      {children}
      <AriaTooltip className="rc-tooltip" placement={placement} offset={6}>
        {content}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
