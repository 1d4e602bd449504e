import type { Route } from '@rollcall/contract';
import type { FastifyRequest } from 'fastify';
import { RequestProblem } from '../app/problem.ts';
import type { Scope } from '../app/scope.ts';
import type { Authenticate } from './authenticate.ts';
import { assertCsrfHeader, assertSameOrigin } from './same-origin.ts';

export interface Gate {
  readonly authenticate: Authenticate;
  readonly openScope: () => Promise<Scope>;
  readonly publicUrlOf: (request: FastifyRequest) => string;
}

/** Decides before the body is read who asks and whether they may. Throws `signInNeeded` or `forbidden`. */
export async function admit(route: Route, request: FastifyRequest, gate: Gate): Promise<Scope> {
  const byHeader = request.headers.authorization !== undefined;
  const writes = route.method !== 'GET';
  if (writes && !byHeader) assertSameOrigin(request.headers, gate.publicUrlOf(request));
  if (route.access === 'open') return gate.openScope();
  const scope = await gate.authenticate({ headers: request.headers });
  if (scope === null) {
    throw new RequestProblem({ code: 'signInNeeded', title: 'Sign in', detail: byHeader ? 'The API token is not valid: it is unknown, expired or revoked. Make a new one in Settings.' : 'Sign in first, or send an API token as "Authorization: Bearer …".' });
  }
  if (writes && !byHeader) assertCsrfHeader(request.headers);
  if (route.access !== 'signedIn' && !scope.permissions.has(route.access)) {
    throw new RequestProblem({ code: 'forbidden', title: 'Not allowed', detail: `This needs the permission "${route.access}", which your role or token does not give. Ask an administrator of Rollcall.`, data: { permission: route.access } });
  }
  return scope;
}
