import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../../app/shell-route.tsx';

/** What the inventory shows, all of it in the address. */
const inventorySearch = z.object({ q: z.string().optional() });

const inventoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inventory',
  validateSearch: inventorySearch,
  component: lazyRouteComponent(() => import('./inventory-screen.tsx'), 'InventoryScreen'),
});
const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});

export const inventoryRoutes = [inventoryRoute, accountRoute] as const;
