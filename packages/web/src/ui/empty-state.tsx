import type { ReactNode } from 'react';
import './display.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly icon?: ReactNode;
  /** Why it is empty and what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Heading level; 2 by default, 1 when it is the whole page. */
  readonly level?: 1 | 2 | 3;
}

/** What stands where there is nothing yet. */
export function EmptyState({ title, icon, children, actions, level = 2 }: EmptyStateProps): ReactNode {
  const Heading = `h${level}` as const;
  return (
    <div className="rc-empty">
      {icon !== undefined && <span className="rc-empty-icon">{icon}</span>}
      <Heading>{title}</Heading>
      {children !== undefined && <div className="rc-empty-text">{children}</div>}
      {actions !== undefined && <div className="rc-empty-actions">{actions}</div>}
    </div>
  );
}
