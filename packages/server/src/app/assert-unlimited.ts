import { RequestProblem } from './problem.ts';
import type { Scope } from './scope.ts';

/** Refuses what is about the whole workspace to people who are limited to some sources or sites. `what` begins the sentence. */
export function assertUnlimited(scope: Pick<Scope, 'sourceIds' | 'sites'>, what: string): void {
  if (scope.sourceIds === null && scope.sites === null) return;
  throw new RequestProblem({ code: 'forbidden', title: 'Not allowed', detail: `${what}, and you are limited to some sources or sites. Ask an administrator of the whole workspace.` });
}
