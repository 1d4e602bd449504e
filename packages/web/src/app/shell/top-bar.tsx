import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { IconButton, SearchField } from '../../ui/index.ts';
import { PauseButton } from './pause-button.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { SourceMenu } from './source-menu.tsx';
import { UserMenu } from './user-menu.tsx';

export interface TopBarProps {
  readonly onToggleNavigation: () => void;
  readonly isNavigationCollapsed: boolean;
}

export function TopBar({ onToggleNavigation, isNavigationCollapsed }: TopBarProps): ReactNode {
  const { t } = useLingui();
  return (
    <header className="shell-top">
      <div className="shell-top-start">
        <span className="shell-only-wide">
          <IconButton label={isNavigationCollapsed ? t`Open the navigation` : t`Close the navigation`} icon={isNavigationCollapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />} onPress={onToggleNavigation} />
        </span>
        <span className="shell-only-narrow">
          <IconButton label={t`Open the navigation`} icon={<MenuIcon aria-hidden />} onPress={onToggleNavigation} hasTooltip={false} />
        </span>
        <Link to="/" className="shell-brand">
          <img src="/favicon.svg" width={24} height={24} alt="" />
          <span>Rollcall</span>
        </Link>
      </div>
      <div className="shell-search">
        <GlobalSearch />
      </div>
      <div className="shell-top-end">
        <SourceMenu />
        <PauseButton />
        <PreferencesMenu />
        <UserMenu />
      </div>
    </header>
  );
}

/** Finds people by name or e-mail: goes to the inventory with what was typed. */
function GlobalSearch(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = (typed: string): void => {
    // A value as the query writes it: JSON's quotes and escapes are the query's own.
    const words = JSON.stringify(typed.trim());
    void navigate({ to: '/inventory', search: typed.trim() === '' ? {} : { q: `name ~ ${words} OR email ~ ${words}` } });
  };
  return <SearchField label={t`Search for people`} value={text} onChange={setText} onSubmit={search} />;
}
