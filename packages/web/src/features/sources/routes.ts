import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../../app/shell-route.tsx';

/** The upload in work (so that a reload goes on with it), and what it is meant for. */
const uploadSearch = z.object({
  upload: z.string().optional().catch(undefined),
  source: z.string().optional().catch(undefined),
  attachTo: z.string().optional().catch(undefined),
  /** The import that was begun. */
  sync: z.string().optional().catch(undefined),
});

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
  validateSearch: uploadSearch,
  component: lazyRouteComponent(() => import('./upload-screen.tsx'), 'UploadScreen'),
});
const sourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/$sourceId',
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
});

export const sourceRoutes = [sourcesRoute, newSourceRoute, uploadRoute, sourceRoute] as const;
