import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';

export interface DrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** Default: right. */
  readonly side?: 'right' | 'left';
  /** CSS pixels; never wider than the screen. */
  readonly width?: number;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const DrawerPanel = lazy(() => import('./drawer-panel.tsx').then(({ DrawerPanel: component }) => ({ default: component })));

/** A side panel over the page, for looking at one thing without leaving a list. */
export function Drawer(props: DrawerProps): ReactNode {
  const [wasOpen, setWasOpen] = useState(props.isOpen);
  if (props.isOpen && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <DrawerPanel {...props} />
    </Suspense>
  );
}
