import { cloneElement, isValidElement, useEffect, useRef, useState } from 'react';
import type { ComponentType, KeyboardEvent, ReactElement, ReactNode } from 'react';
import type { ButtonProps } from 'react-aria-components';

/**
 * Menus and popovers are not needed before somebody opens one, and they are a fifth of the code of a first visit. So each shows its
 * button alone; the first press loads the rest, which takes the button's place, takes the focus over and opens.
 */
export function useLazyOverlay<Props>(load: () => Promise<ComponentType<Props>>): { readonly Overlay: ComponentType<Props> | null; readonly want: () => void; readonly preload: () => void } {
  const [Overlay, setOverlay] = useState<ComponentType<Props> | null>(null);
  const preload = (): void => void load();
  const want = (): void => void load().then((component) => setOverlay(() => component));
  return { Overlay, want, preload };
}

export interface ClosedTriggerProps {
  readonly popup: 'menu' | 'dialog';
  readonly onWant: () => void;
  readonly onPreload: () => void;
  /** The Button or IconButton that opens it. */
  readonly children: ReactNode;
}

/** The button of an overlay that has not been opened yet. */
export function ClosedTrigger({ popup, onWant, onPreload, children }: ClosedTriggerProps): ReactNode {
  if (!isValidElement<ButtonProps>(children)) return children;
  const trigger: ReactElement<ButtonProps> = children;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (popup === 'menu' && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) onWant();
  };
  return cloneElement(trigger, { 'aria-expanded': false, ...(popup === 'menu' ? { 'aria-haspopup': 'menu' as const } : {}), onPress: onWant, onKeyDown, onHoverStart: onPreload, onFocus: onPreload });
}

/** The state of an overlay that was just loaded because its button was pressed: the button gets the focus back, then it opens. */
export function useOpenAtOnce(): { readonly isOpen: boolean; readonly setOpen: (isOpen: boolean) => void; readonly place: (element: HTMLElement | null) => void } {
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLElement | null>(null);
  useEffect(() => {
    element.current?.querySelector('button')?.focus({ preventScroll: true });
    setOpen(true);
  }, []);
  return {
    isOpen,
    setOpen,
    place: (found) => {
      element.current = found;
    },
  };
}
