import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../../app/shell-route.tsx';

const text = z.coerce.string().optional().catch(undefined);
/** The filters; `event` is the one whose details are open. */
const auditSearch = z.object({ kind: text, actor: text, subjectId: text, event: z.coerce.number().int().optional().catch(undefined) });

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
});

export const auditRoutes = [auditRoute] as const;
