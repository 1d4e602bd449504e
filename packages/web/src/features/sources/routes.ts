import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';

const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources-screen.tsx'), 'SourcesScreen'),
});
const newSourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/new',
  component: lazyRouteComponent(() => import('./new-source-screen.tsx'), 'NewSourceScreen'),
});
const uploadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/upload',
  component: lazyRouteComponent(() => import('./upload-screen.tsx'), 'UploadScreen'),
});
const sourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/$sourceId',
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
});

export const sourceRoutes = [sourcesRoute, newSourceRoute, uploadRoute, sourceRoute] as const;
