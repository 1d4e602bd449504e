import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';

export interface AnchoredPopoverProps {
  /** The element it stands beside; null is closed. Focus goes back to it. */
  readonly anchor: HTMLElement | null;
  readonly onClose: () => void;
  /** Name of the panel for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
}

const AnchoredPopoverPanel = lazy(() => import('./anchored-popover-panel.tsx').then(({ AnchoredPopoverPanel: component }) => ({ default: component })));

/** One panel for many plain buttons (the cells of a grid), where a popover each would cost too much. */
export function AnchoredPopover(props: AnchoredPopoverProps): ReactNode {
  const [wasOpen, setWasOpen] = useState(false);
  if (props.anchor !== null && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <AnchoredPopoverPanel {...props} />
    </Suspense>
  );
}
