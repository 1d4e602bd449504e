import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { shellRoute } from '../../app/shell-route.tsx';
import { settingsTabs } from './settings-tabs.ts';

const settingsSearch = z.object({ tab: z.enum(settingsTabs).optional().catch(undefined) });

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
});

export const settingsRoutes = [settingsRoute] as const;
