export { rolesWithoutAccess, takingVerbs } from './build/plan-build.ts';
export type { ActionVerb } from './build/plan-build.ts';
export { planQueue } from './plan-queue.ts';
