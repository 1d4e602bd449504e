import { createRoute, redirect } from '@tanstack/react-router';
import { isSignInNeeded, meOptions } from '../api/index.ts';
import { AppShell } from './shell/app-shell.tsx';
import { ErrorScreen } from './error-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { rootRoute } from './root-route.tsx';

/** Parent of every screen that needs a signed-in person: bar, navigation, banner. Others are sent to sign in and come back. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meOptions);
    } catch (error) {
      // oxlint-disable-next-line typescript/only-throw-error -- the router's way to go elsewhere is to throw a redirect, which is no Error.
      if (isSignInNeeded(error)) throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
  component: AppShell,
  errorComponent: ErrorScreen,
  notFoundComponent: NotFoundScreen,
});
