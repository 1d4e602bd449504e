import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';
import { readInventorySearch } from './inventory-search.ts';
import type { InventorySearch } from './inventory-search.ts';

const inventoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inventory',
  validateSearch: (search: Record<string, unknown>): InventorySearch => readInventorySearch(search),
  component: lazyRouteComponent(() => import('./inventory-screen.tsx'), 'InventoryScreen'),
});
const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});

export const inventoryRoutes = [inventoryRoute, accountRoute] as const;
