import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';

const runLogsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/run-logs',
  component: lazyRouteComponent(() => import('./run-logs-screen.tsx'), 'RunLogsScreen'),
});
const runLogRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/run-logs/$runId',
  component: lazyRouteComponent(() => import('./run-log-screen.tsx'), 'RunLogScreen'),
});

export const runRoutes = [runLogsRoute, runLogRoute] as const;
