import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';
import { readPlanSearch, readPlansSearch } from './plan-search.ts';
import type { PlanSearch, PlansSearch } from './plan-search.ts';

const plansRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans',
  validateSearch: (search: Record<string, unknown>): PlansSearch => readPlansSearch(search),
  component: lazyRouteComponent(() => import('./plans-screen.tsx'), 'PlansScreen'),
});
const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$planId',
  validateSearch: (search: Record<string, unknown>): PlanSearch => readPlanSearch(search),
  component: lazyRouteComponent(() => import('./plan-screen.tsx'), 'PlanScreen'),
});

export const planRoutes = [plansRoute, planRoute] as const;
