import { useId } from 'react';
import type { ReactNode } from 'react';
import './display.css';

export interface CardProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A framed part of a page, a section of its own when it has a title. */
export function Card({ title, actions, children }: CardProps): ReactNode {
  const id = useId();
  if (title === undefined) return <div className="rc-card">{children}</div>;
  return (
    <section className="rc-card" aria-labelledby={id}>
      <div className="rc-card-header">
        <h2 id={id} className="rc-message-title">
          {title}
        </h2>
        {actions !== undefined && <div className="rc-card-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

export interface MetricProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** One number that matters, with what it counts. */
export function Metric({ label, value, note }: MetricProps): ReactNode {
  return (
    <div className="rc-metric">
      <span className="rc-metric-label">{label}</span>
      <span className="rc-metric-value">{value}</span>
      {note !== undefined && <span className="rc-metric-label">{note}</span>}
    </div>
  );
}
