import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../../app/shell-route.tsx';

/** The list's filters, and what a new exemption is prefilled with (`/exemptions?add=1&kind=account&sourceId=…&subject=…`, from a user's drawer). */
const exemptionSearch = z.object({
  kind: z.enum(['account', 'group', 'domain']).optional().catch(undefined),
  sourceId: z.string().optional().catch(undefined),
  /** An e-mail or id that is all digits comes as a number. */
  subject: z.coerce.string().optional().catch(undefined),
  add: z.coerce.boolean().optional().catch(undefined),
  ended: z.coerce.boolean().optional().catch(undefined),
  find: z.coerce.string().optional().catch(undefined),
});

const exemptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exemptions',
  validateSearch: exemptionSearch,
  component: lazyRouteComponent(() => import('./exemptions-screen.tsx'), 'ExemptionsScreen'),
});

export const exemptionRoutes = [exemptionsRoute] as const;
