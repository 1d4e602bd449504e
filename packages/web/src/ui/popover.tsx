import type { ReactNode } from 'react';
import { ClosedTrigger, useLazyOverlay } from './lazy-overlay.tsx';

export interface PopoverProps {
  /** The Button or IconButton that opens it. */
  readonly trigger: ReactNode;
  /** Name of the panel for screen readers. */
  readonly label: string;
  readonly placement?: 'bottom' | 'bottom start' | 'bottom end' | 'top' | 'right' | 'left';
  /** Leaves out the inner margin, for lists and pickers. */
  readonly isFlush?: boolean;
  /** Content, or a function that is given `close`. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

const load = () => import('./popover-overlay.tsx').then(({ PopoverOverlay }) => PopoverOverlay);

/** A small panel by its button; closes on Escape and on a click outside. */
export function Popover(props: PopoverProps): ReactNode {
  const { Overlay, want, preload } = useLazyOverlay(load);
  if (Overlay !== null) return <Overlay {...props} />;
  return (
    <ClosedTrigger popup="dialog" onWant={want} onPreload={preload}>
      {props.trigger}
    </ClosedTrigger>
  );
}
