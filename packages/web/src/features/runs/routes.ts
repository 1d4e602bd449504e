import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';
import { readRunSearch, readRunsSearch } from './run-search.ts';
import type { RunSearch, RunsSearch } from './run-search.ts';

const runLogsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/run-logs',
  validateSearch: (search: Record<string, unknown>): RunsSearch => readRunsSearch(search),
  component: lazyRouteComponent(() => import('./run-logs-screen.tsx'), 'RunLogsScreen'),
});
const runLogRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/run-logs/$runId',
  validateSearch: (search: Record<string, unknown>): RunSearch => readRunSearch(search),
  component: lazyRouteComponent(() => import('./run-log-screen.tsx'), 'RunLogScreen'),
});

export const runRoutes = [runLogsRoute, runLogRoute] as const;
