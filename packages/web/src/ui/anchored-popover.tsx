import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Popover as AriaPopover } from 'react-aria-components';
import './overlay.css';

export interface AnchoredPopoverProps {
  /** The element it stands beside; null is closed. Focus goes back to it. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
  /** Name of the panel for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
}

/** One panel for many plain buttons (the cells of a grid), where a popover each would cost too much. */
export function AnchoredPopover({ anchor, onClose, label, children }: AnchoredPopoverProps): ReactNode {
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <AriaPopover className="rc-popover" triggerRef={triggerRef} isOpen={anchor !== null} onOpenChange={(open) => !open && onClose()} placement="bottom start" offset={4}>
      <AriaDialog aria-label={label} className="rc-popover-dialog">
        {children}
      </AriaDialog>
    </AriaPopover>
  );
}
