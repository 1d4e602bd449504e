import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Popover as AriaPopover } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { useOpenAtOnce } from './lazy-overlay.tsx';
import type { PopoverProps } from './popover.tsx';
import './overlay.css';

/** The panel with its button, once it is wanted. */
export function PopoverOverlay({ trigger, label, placement = 'bottom start', isFlush = false, children }: PopoverProps): ReactNode {
  const { isOpen, setOpen, place } = useOpenAtOnce();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <span className="rc-overlay-place" ref={place}>
        {trigger}
      </span>
      <AriaPopover className="rc-popover" placement={placement} offset={4}>
        <AriaDialog aria-label={label} className={classNames('rc-popover-dialog', isFlush && 'rc-popover-dialog-flush')}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
