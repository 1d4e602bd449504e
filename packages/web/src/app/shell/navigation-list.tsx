import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useMe } from '../../api/index.ts';
import { navigation } from '../navigation.ts';

export interface NavigationProps {
  /** Icons only; the names stay for screen readers and as titles. */
  readonly isCollapsed: boolean;
  readonly onChosen?: () => void;
}

export function Navigation({ isCollapsed, onChosen }: NavigationProps): ReactNode {
  const { i18n } = useLingui();
  const { permissions } = useMe();
  const shown = navigation.filter((item) => item.needs === undefined || permissions.includes(item.needs));
  return (
    <ul className="shell-nav">
      {shown.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <Link to={to} className="shell-nav-item" activeOptions={{ exact: to === '/', includeSearch: false }} {...(onChosen === undefined ? {} : { onClick: onChosen })} {...(isCollapsed ? { title: i18n._(label) } : {})}>
            <Icon size={16} aria-hidden />
            <span className={isCollapsed ? 'rc-visually-hidden' : 'rc-truncate'}>{i18n._(label)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
