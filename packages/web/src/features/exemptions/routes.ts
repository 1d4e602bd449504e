import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';

const exemptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exemptions',
  component: lazyRouteComponent(() => import('./exemptions-screen.tsx'), 'ExemptionsScreen'),
});

export const exemptionRoutes = [exemptionsRoute] as const;
