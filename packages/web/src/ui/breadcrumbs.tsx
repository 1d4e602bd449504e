import { Children } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import './display.css';

export interface BreadcrumbsProps {
  /** Links of this kit; the page itself is not among them (its title stands below). */
  readonly children: ReactNode;
}

/** The way up from here. */
export function Breadcrumbs({ children }: BreadcrumbsProps): ReactNode {
  const { t } = useLingui();
  return (
    <nav aria-label={t`Breadcrumbs`}>
      <ol className="rc-breadcrumbs">
        {Children.map(children, (child) => (
          <li>{child}</li>
        ))}
      </ol>
    </nav>
  );
}
