import { createRoute, createRouter } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { auditRoutes } from '../features/audit/index.ts';
import { exemptionRoutes } from '../features/exemptions/index.ts';
import { homeRoutes } from '../features/home/index.ts';
import { inventoryRoutes } from '../features/inventory/index.ts';
import { planRoutes } from '../features/plans/index.ts';
import { runRoutes } from '../features/runs/index.ts';
import { settingsRoutes } from '../features/settings/index.ts';
import { signInRoutes } from '../features/sign-in/index.ts';
import { sourceRoutes } from '../features/sources/index.ts';
import { NotFoundScreen } from './not-found-screen.tsx';
import { rootRoute } from './root-route.tsx';
import { shellRoute } from './shell-route.tsx';

/** Any other address: said inside the shell, so that one can go on from there. */
const otherRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFoundScreen });

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([...homeRoutes, ...inventoryRoutes, ...planRoutes, ...runRoutes, ...sourceRoutes, ...exemptionRoutes, ...auditRoutes, ...settingsRoutes, otherRoute]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({ routeTree, context: { queries }, defaultPreload: 'intent', defaultPreloadStaleTime: 0, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
