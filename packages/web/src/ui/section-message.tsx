import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CircleAlert, CircleCheck, Info, Lightbulb, TriangleAlert } from 'lucide-react';
import './display.css';

export type MessageTone = 'info' | 'warning' | 'error' | 'success' | 'discovery';

export interface SectionMessageProps {
  readonly tone?: MessageTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Links or link buttons in one row. */
  readonly actions?: ReactNode;
  /** Reads it aloud when it appears, and brings an error into view: for an answer to what the user just did. */
  readonly isAnnounced?: boolean;
}

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert, success: CircleCheck, discovery: Lightbulb } as const;

/** Something to know about this part of the page, and what to do about it. */
export function SectionMessage({ tone = 'info', title, children, actions, isAnnounced = false }: SectionMessageProps): ReactNode {
  const { t } = useLingui();
  const names = { info: t`Information`, warning: t`Warning`, error: t`Error`, success: t`Success`, discovery: t`Hint` };
  const Icon = icons[tone];
  const box = useRef<HTMLDivElement>(null);
  const isAnswer = isAnnounced && tone === 'error';
  useEffect(() => {
    if (isAnswer) box.current?.scrollIntoView({ block: 'nearest' });
  }, [isAnswer]);
  const role = isAnnounced ? { role: tone === 'error' ? 'alert' : 'status' } : {};
  return (
    <div ref={box} className={`rc-message rc-message-${tone}`} {...role}>
      <Icon size={18} role="img" aria-label={names[tone]} />
      <div className="rc-message-content">
        {title !== undefined && <div className="rc-message-title">{title}</div>}
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className="rc-message-actions">{actions}</div>}
      </div>
    </div>
  );
}
