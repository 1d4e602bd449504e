import type { CSSProperties, ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './icon-button.tsx';
import './overlay.css';
import type { DrawerProps } from './drawer.tsx';

/** The drawer itself, once it is wanted. */
export function DrawerPanel({ isOpen, onClose, title, side = 'right', width = 480, footer, children }: DrawerProps): ReactNode {
  const { t } = useLingui();
  const style: CSSProperties = { '--rc-drawer-width': `${width}px` };
  return (
    <ModalOverlay className="rc-blanket rc-drawer-blanket" data-side={side} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="rc-drawer-box" style={style}>
        <AriaDialog className="rc-dialog">
          <div className="rc-dialog-header">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={t`Close`} icon={<X aria-hidden />} onPress={onClose} hasTooltip={false} />
          </div>
          <div className="rc-dialog-body">{children}</div>
          {footer !== undefined && <div className="rc-dialog-footer">{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
