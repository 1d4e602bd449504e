import { Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { Outlet, createRootRouteWithContext, useRouter } from '@tanstack/react-router';
import { loadAllWords } from '../i18n/index.ts';
import { FlagRegion } from '../ui/index.ts';
import { ErrorScreen } from './error-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { useLateOutcomes } from './shell/use-late-outcomes.ts';

export interface RouterContext {
  readonly queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: async ({ location }) => {
    // A cold visit to the inventory goes without the words of the other screens.
    if (location.pathname !== '/inventory') await loadAllWords();
  },
  component: Root,
  errorComponent: ErrorScreen,
  notFoundComponent: NotFoundScreen,
});

function Root(): ReactNode {
  useFocusOnRouteChange();
  useLateOutcomes();
  return (
    <>
      <Suspense>
        <Outlet />
      </Suspense>
      <FlagRegion />
    </>
  );
}

/** After going to another screen the focus stands on its title: a screen reader says where one is, Tab starts there. */
function useFocusOnRouteChange(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged) return;
        document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
      }),
    [router],
  );
}
