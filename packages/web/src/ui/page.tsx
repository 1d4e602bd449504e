import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './display.css';

export interface PageProps {
  /** Also the document's title, followed by the product's name. */
  readonly title: string;
  readonly breadcrumbs?: ReactNode;
  /** A lozenge or the like beside the title. */
  readonly titleAfter?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons on the right. */
  readonly actions?: ReactNode;
  /** `fill` gives the content all remaining height (grids); `narrow` is for forms and wizards. */
  readonly layout?: 'default' | 'fill' | 'narrow';
  readonly children: ReactNode;
}

/** The frame of every screen: one h1, which gets the focus after a change of route. */
export function Page({ title, breadcrumbs, titleAfter, description, actions, layout = 'default', children }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} - Rollcall`;
  }, [title]);
  return (
    <div className={classNames('rc-page', layout === 'fill' && 'rc-page-fill', layout === 'narrow' && 'rc-page-narrow')}>
      <header className="rc-page-header">
        {breadcrumbs}
        <div className="rc-page-title">
          <h1 tabIndex={-1} data-page-title>
            {title}
          </h1>
          {titleAfter}
          {actions !== undefined && <div className="rc-page-actions">{actions}</div>}
        </div>
        {description !== undefined && <p className="rc-page-description">{description}</p>}
      </header>
      {children}
    </div>
  );
}
