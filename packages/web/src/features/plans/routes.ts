import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';

const plansRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans',
  component: lazyRouteComponent(() => import('./plans-screen.tsx'), 'PlansScreen'),
});
const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$planId',
  component: lazyRouteComponent(() => import('./plan-screen.tsx'), 'PlanScreen'),
});

export const planRoutes = [plansRoute, planRoute] as const;
