import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home-screen.tsx'), 'HomeScreen'),
});
const gettingStartedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/getting-started',
  component: lazyRouteComponent(() => import('./getting-started-screen.tsx'), 'GettingStartedScreen'),
});

export const homeRoutes = [homeRoute, gettingStartedRoute] as const;
