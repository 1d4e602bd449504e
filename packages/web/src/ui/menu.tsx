import type { ReactNode } from 'react';
import { ClosedTrigger, useLazyOverlay } from './lazy-overlay.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Shows a tick: for choices such as theme and language. */
  readonly isSelected?: boolean;
  /** Goes to this address instead of calling `onAction`. */
  readonly href?: string;
}

export interface MenuGroup {
  readonly id: string;
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuProps {
  /** The Button or IconButton that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

const load = () => import('./menu-overlay.tsx').then(({ MenuOverlay }) => MenuOverlay);

/** A menu of actions in groups, opened by a button; arrow keys, type-ahead and Escape work as in any menu. */
export function Menu(props: MenuProps): ReactNode {
  const { Overlay, want, preload } = useLazyOverlay(load);
  if (Overlay !== null) return <Overlay {...props} />;
  return (
    <ClosedTrigger popup="menu" onWant={want} onPreload={preload}>
      {props.trigger}
    </ClosedTrigger>
  );
}
