import type { MouseEventHandler, ReactNode } from 'react';
import { Link as RouterLink } from '@tanstack/react-router';
import type { LinkProps as RouterLinkProps } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import type { ButtonAppearance } from './button.tsx';
import { classNames } from './class-names.ts';
import './button.css';
import './link.css';

export type LinkProps = RouterLinkProps & {
  /** `subtle` looks like the text around it until pointed at. */
  readonly appearance?: 'default' | 'subtle';
  readonly children?: ReactNode;
  readonly 'aria-label'?: string;
  readonly onClick?: MouseEventHandler<HTMLAnchorElement>;
};

/** A link to a screen of Rollcall: typed `to`, `params`, `search` as in TanStack Router. */
export function Link({ appearance = 'default', ...rest }: LinkProps): ReactNode {
  return <RouterLink {...rest} className={classNames('rc-link', appearance === 'subtle' && 'rc-link-subtle')} />;
}

export type LinkButtonProps = RouterLinkProps & {
  readonly appearance?: ButtonAppearance;
  readonly iconBefore?: ReactNode;
  readonly children?: ReactNode;
};

/** A link that looks like a button. */
export function LinkButton({ appearance = 'default', iconBefore, children, ...rest }: LinkButtonProps): ReactNode {
  return (
    <RouterLink {...rest} className={classNames('rc-button', `rc-button-${appearance}`)}>
      {iconBefore !== undefined && <span className="rc-button-icon">{iconBefore}</span>}
      <span className="rc-button-label">{children}</span>
    </RouterLink>
  );
}

export interface ExternalLinkTextProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link that leaves Rollcall (Atlassian's administration, documentation): new tab, no referrer. */
export function ExternalLinkText({ href, children }: ExternalLinkTextProps): ReactNode {
  return (
    <a className="rc-link rc-link-external" href={href} target="_blank" rel="noreferrer noopener">
      {children}
      <ExternalLink size={12} aria-hidden />
    </a>
  );
}
