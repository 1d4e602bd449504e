import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Popover as AriaPopover } from 'react-aria-components';
import type { AnchoredPopoverProps } from './anchored-popover.tsx';
import './overlay.css';

/** The panel itself, once it is wanted. */
export function AnchoredPopoverPanel({ anchor, onClose, label, children }: AnchoredPopoverProps): ReactNode {
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <AriaPopover className="rc-popover" triggerRef={triggerRef} isOpen={anchor !== null} onOpenChange={(open) => !open && onClose()} placement="bottom start" offset={4}>
      <AriaDialog aria-label={label} className="rc-popover-dialog">
        {children}
      </AriaDialog>
    </AriaPopover>
  );
}
