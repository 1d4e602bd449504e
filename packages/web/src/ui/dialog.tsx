import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly width?: 'small' | 'medium' | 'large' | 'xlarge';
  /** An icon before the title. `danger` also makes it an alert dialog: a click outside does not close it. */
  readonly tone?: 'default' | 'warning' | 'danger';
  /** A click outside does not close it: what it shows comes only once, or was laborious to fill in. */
  readonly mustAnswer?: boolean;
  /** Makes it a form: Enter in a field does this, and so does the button of the footer with `type="submit"`. */
  readonly onSubmit?: () => void;
  /** Buttons, the main one last (as Atlassian orders them). */
  readonly footer?: ReactNode;
  /** Left side of the footer, e.g. a count or a checkbox. */
  readonly footerStart?: ReactNode;
  readonly children: ReactNode;
}

const DialogPanel = lazy(() => import('./dialog-panel.tsx').then(({ DialogPanel: component }) => ({ default: component })));

/** A modal dialog: focus stays inside and returns to where it came from; Escape closes. On a phone it fills the screen. */
export function Dialog(props: DialogProps): ReactNode {
  const [wasOpen, setWasOpen] = useState(props.isOpen);
  if (props.isOpen && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <DialogPanel {...props} />
    </Suspense>
  );
}
