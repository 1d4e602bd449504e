import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Outlet } from '@tanstack/react-router';
import { Drawer } from '../../ui/index.ts';
import { Navigation } from './navigation-list.tsx';
import { PauseBanner } from './pause-banner.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

const storageKey = 'rollcall.navigation';

/** The frame around every screen: banner, top bar, navigation (a drawer on a phone), and the screen as `main`. */
export function AppShell(): ReactNode {
  const { t } = useLingui();
  const [isCollapsed, setCollapsed] = useState(() => localStorage.getItem(storageKey) === 'collapsed');
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const toggle = (): void => {
    if (matchMedia('(max-width: 860px)').matches) {
      setDrawerOpen(true);
      return;
    }
    localStorage.setItem(storageKey, isCollapsed ? 'open' : 'collapsed');
    setCollapsed(!isCollapsed);
  };
  return (
    <div className="shell" data-collapsed={isCollapsed || undefined}>
      <a className="shell-skip" href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <PauseBanner />
      <TopBar onToggleNavigation={toggle} isNavigationCollapsed={isCollapsed} />
      <div className="shell-body">
        <nav className="shell-side" aria-label={t`Main`}>
          <Navigation isCollapsed={isCollapsed} />
        </nav>
        <main id="main" className="shell-main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Drawer isOpen={isDrawerOpen} onClose={() => setDrawerOpen(false)} title="Rollcall" side="left" width={288}>
        <nav className="shell-drawer" aria-label={t`Main`}>
          <Navigation isCollapsed={false} onChosen={() => setDrawerOpen(false)} />
        </nav>
      </Drawer>
    </div>
  );
}
