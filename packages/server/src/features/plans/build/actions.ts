import { planAddToGroup, planRemoveFromGroup } from './groups.ts';
import { planGrantAppAccess } from './grant-app-access.ts';
import { planRemoveAppAccess } from './remove-app-access.ts';
import { planRemoveFromOrganisation, planRestore, planSuspend } from './directories.ts';
import type { ActionVerb, PlanBuild } from './plan-build.ts';

/** How the rows of each action's plan are made. */
export const planners: Readonly<Record<ActionVerb, (build: PlanBuild) => Promise<void>>> = {
  'remove-app-access': planRemoveAppAccess,
  'grant-app-access': planGrantAppAccess,
  'suspend-access': planSuspend,
  'restore-access': planRestore,
  'add-to-group': planAddToGroup,
  'remove-from-group': planRemoveFromGroup,
  'remove-from-organisation': planRemoveFromOrganisation,
};
