import { indexOf } from '../world/world.ts';
import type { Answer } from './answer.ts';
import type { ApiKey } from './auth.ts';
import type { Operation, OrgState, SandboxState } from './call.ts';
import { applicationError, gatewayError, keyError, routingError } from './envelopes.ts';

/** Whether a key opens the door at all. Each way of being wrong is answered in one of the forms that were seen live. */
function rejectedKey(key: ApiKey | undefined, header: string | undefined, operation: Operation): Answer | undefined {
  const good = key !== undefined && !key.revoked && (key.kind === 'unscoped' || key.kind === 'scoped');
  if (good) return undefined;
  if (operation.family === 'management') return keyError(401, 'unauthorized');
  if (key?.kind === 'site') return keyError(401, 'asapUnauthorizedIssuer');
  return gatewayError(401, header === undefined ? 'Unauthorized' : 'Unauthorized; the API key is not valid or has expired');
}

/** An admitted call: its key and, where the operation has one, its organisation and managed account. */
export type Admitted = { readonly key: ApiKey; readonly org: OrgState | undefined; readonly index: number | undefined };

/** A refusal, or who may go on. */
export type Admission = { readonly refusal: Answer } | Admitted;

function admitManagement(state: SandboxState, key: ApiKey, accountId: string): Admission {
  if (key.kind === 'scoped') return { refusal: gatewayError(403, 'The API key does not have the required scope manage:org') };
  for (const id of key.orgIds) {
    const org = state.orgs.get(id);
    const index = org === undefined ? undefined : indexOf(org.world, accountId);
    if (org === undefined || index === undefined) continue;
    return org.world.managed[index] === 1 ? { key, org, index } : { refusal: keyError(403, 'forbidden') };
  }
  return { refusal: keyError(404, 'accountNotFound') };
}

/** Operations whose 403 is documented as an application error; elsewhere it has the routing form. */
const applicationForm: ReadonlySet<string> = new Set(['lastActiveDates.get', 'workspaces.search']);

/** Decides whether a request may reach its handler. */
export function authorise(state: SandboxState, operation: Operation, params: Readonly<Record<string, string>>, header: string | undefined, path: string): Admission {
  const key = state.keys.find(header);
  const rejected = rejectedKey(key, header, operation);
  if (rejected !== undefined || key === undefined) return { refusal: rejected ?? gatewayError(401, 'Unauthorized') };
  if (operation.family === 'management') return admitManagement(state, key, params['accountId'] ?? '');
  if (operation.family === 'orgs') return { key, org: undefined, index: undefined };
  const org = state.orgs.get(params['orgId'] ?? '');
  if (org === undefined) return { refusal: routingError(404, path, 'TCS validation failed', state.clock.iso()) };
  if (!key.orgIds.includes(params['orgId'] ?? '')) return { refusal: applicationForm.has(operation.name) ? applicationError('ADMIN-403-3', 'Not allowed to manage the organization') : routingError(403, path, 'TCS validation failed', state.clock.iso()) };
  if (state.lostAdmins.has(key.name)) return { refusal: applicationError('ADMIN-403-3', 'Not allowed to manage the organization') };
  if (key.kind === 'scoped' && operation.access === 'owner') {
    const answer = operation.name === 'lastActiveDates.get' ? applicationError('ADMIN-403-3', 'Not allowed to read activity') : routingError(403, path, 'Insufficient scope', state.clock.iso());
    return { refusal: answer };
  }
  return { key, org, index: undefined };
}
