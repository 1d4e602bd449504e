import { routes } from '@rollcall/contract';
import type { Client, RouteAnswer } from '@rollcall/contract';
import { findById } from './find-by-id.ts';

export type Plan = RouteAnswer<typeof routes.plans.get>;
export type Run = RouteAnswer<typeof routes.runs.get>;

export async function findPlan(client: Client, text: string): Promise<Plan> {
  return findById(text, {
    what: 'plan',
    get: (planId) => client.call(routes.plans.get, { params: { planId } }),
    page: (after) => client.call(routes.plans.list, { query: { limit: 200, after } }),
  });
}

export async function findRun(client: Client, text: string): Promise<Run> {
  return findById(text, {
    what: 'run',
    get: (runId) => client.call(routes.runs.get, { params: { runId } }),
    page: (after) => client.call(routes.runs.list, { query: { limit: 200, after } }),
  });
}
