import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Popover as AriaPopover } from 'react-aria-components';
import { classNames } from './class-names.ts';
import './overlay.css';

export interface PopoverProps {
  /** The Button or IconButton that opens it. */
  readonly trigger: ReactNode;
  /** Name of the panel for screen readers. */
  readonly label: string;
  readonly placement?: 'bottom' | 'bottom start' | 'bottom end' | 'top' | 'right' | 'left';
  /** Leaves out the inner margin, for lists and pickers. */
  readonly isFlush?: boolean;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** Content, or a function that is given `close`. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small panel by its button; closes on Escape and on a click outside. */
export function Popover({ trigger, label, placement = 'bottom start', isFlush = false, children, ...state }: PopoverProps): ReactNode {
  return (
    <DialogTrigger {...state}>
      {trigger}
      <AriaPopover className="rc-popover" placement={placement} offset={4}>
        <AriaDialog aria-label={label} className={classNames('rc-popover-dialog', isFlush && 'rc-popover-dialog-flush')}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
