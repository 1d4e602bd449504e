import type { CSSProperties, ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './icon-button.tsx';
import './overlay.css';
import type { DialogProps } from './dialog.tsx';

const widths = { small: 400, medium: 600, large: 800, xlarge: 968 } as const;

/** The dialog itself, once it is wanted. */
export function DialogPanel({ isOpen, onClose, title, width = 'medium', tone = 'default', mustAnswer = false, onSubmit, footer, footerStart, children }: DialogProps): ReactNode {
  const { t } = useLingui();
  const style: CSSProperties = { '--rc-dialog-width': `${widths[width]}px` };
  return (
    <ModalOverlay className="rc-blanket" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={tone !== 'danger' && !mustAnswer}>
      <Modal className="rc-dialog-box" style={style}>
        <AriaDialog className="rc-dialog" role={tone === 'danger' ? 'alertdialog' : 'dialog'}>
          <div className="rc-dialog-header">
            <Heading slot="title" level={2}>
              {tone === 'danger' && <CircleAlert className="rc-icon-danger" size={20} aria-hidden />}
              {tone === 'warning' && <TriangleAlert className="rc-icon-warning" size={20} aria-hidden />}
              <span>{title}</span>
            </Heading>
            <IconButton label={t`Close`} icon={<X aria-hidden />} onPress={onClose} hasTooltip={false} />
          </div>
          <DialogForm onSubmit={onSubmit}>
            <div className="rc-dialog-body">{children}</div>
            {(footer !== undefined || footerStart !== undefined) && (
              <div className="rc-dialog-footer">
                {footerStart !== undefined && <div className="rc-dialog-footer-start">{footerStart}</div>}
                {footer}
              </div>
            )}
          </DialogForm>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function DialogForm({ onSubmit, children }: { readonly onSubmit: (() => void) | undefined; readonly children: ReactNode }): ReactNode {
  if (onSubmit === undefined) return children;
  return (
    <form
      className="rc-dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
