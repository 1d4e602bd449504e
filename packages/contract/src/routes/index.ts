import { auditRoutes, exemptionRoutes } from './safety.ts';
import { backupRoutes } from './backup.ts';
import { inventoryRoutes } from './inventory.ts';
import { planRoutes, runRoutes } from './plans.ts';
import { sessionRoutes } from './session.ts';
import { sourceRoutes } from './sources.ts';
import { uploadRoutes } from './uploads.ts';

/** The whole REST API below /api/v1, by feature. */
export const routes = {
  session: sessionRoutes,
  sources: sourceRoutes,
  uploads: uploadRoutes,
  inventory: inventoryRoutes,
  plans: planRoutes,
  runs: runRoutes,
  exemptions: exemptionRoutes,
  audit: auditRoutes,
  backup: backupRoutes,
};
