import type { Call, CallOutcome } from '../kit/calls.ts';
import type { VendorRequest } from '../kit/connector.ts';
import { VendorError } from '../kit/errors.ts';
import { rolesOfAccount } from './account-roles.ts';
import type { AccountRole } from './account-roles.ts';
import type { Context } from './context.ts';
import { requestsOf } from './requests.ts';
import { resourceName, writableForms } from './resource-id.ts';
import { orUnreadable } from './vendor/read-one.ts';

/**
 * Sends one change. Any 2xx is `applied`. What the vendor calls done already is `alreadySo`: 404 for a membership or an account that is
 * not there to remove, 409 with ADMIN-UAM-409-2 for a member who is one. Throws VendorError otherwise.
 */
export async function applyCall(context: Context, accountId: string, call: Call): Promise<CallOutcome> {
  const requests = requestsOf(context.settings);
  switch (call.verb) {
    case 'removeFromGroup':
      return send(context, requests.removeMember(call.directoryId, call.groupId, accountId), isAbsent);
    case 'addToGroup':
      return send(context, requests.addMember(call.directoryId, call.groupId, accountId), isMemberAlready);
    case 'suspendAccess':
      return send(context, requests.suspend(call.directoryId, accountId), () => false);
    case 'restoreAccess':
      return send(context, requests.restore(call.directoryId, accountId), () => false);
    case 'removeFromDirectory':
      return send(context, requests.remove(call.directoryId, accountId), isAbsent);
    case 'revokeRole':
    case 'assignRole':
      return changeRole(context, accountId, call);
  }
}

async function send(context: Context, request: VendorRequest, isAlreadySo: (error: VendorError) => boolean): Promise<CallOutcome> {
  try {
    const { status } = await context.request(request);
    return { result: 'applied', status, message: null };
  } catch (error) {
    if (error instanceof VendorError && isAlreadySo(error)) return { result: 'alreadySo', status: error.facts.status ?? 0, message: error.facts.message };
    throw error;
  }
}

function isAbsent({ facts }: VendorError): boolean {
  return facts.kind === 'notFound';
}

function isMemberAlready({ facts }: VendorError): boolean {
  return facts.status === 409 && facts.code === 'ADMIN-UAM-409-2';
}

/** Of a role write: the vendor does not know the resource in this form. Nothing was changed. */
function isWrongForm({ facts }: VendorError): boolean {
  return (facts.kind === 'notFound' && facts.code !== 'ADMIN-404-8') || (facts.status === 400 && (facts.kind === 'bug' || /invalid request body/iu.test(facts.message)));
}

type RoleCall = Extract<Call, { verb: 'revokeRole' | 'assignRole' }>;

/**
 * Which form of a resource id a role write wants is not documented: the form seen in the account's own role assignments is tried first, then
 * the others. A wrong form is refused without effect (400 or 404); any other answer means that the form was right.
 */
async function changeRole(context: Context, accountId: string, call: RoleCall): Promise<CallOutcome> {
  if (resourceName(call.resourceId, null).app === 'platform') throw unsupported(call);
  const change = call.verb === 'revokeRole' ? 'revoke' : 'assign';
  const roles = await orUnreadable(rolesOfAccount(context, accountId));
  const here = (roles ?? []).filter((role) => role.resource.vendorId === call.resourceId);
  const forms = [...new Set([...here.map((role) => role.givenResourceId), ...writableForms(call.resourceId)])];
  let refusal: VendorError | null = null;
  for (const form of forms) {
    try {
      return await send(context, requestsOf(context.settings).changeRole(change, accountId, call.role, form), () => false);
    } catch (error) {
      if (!(error instanceof VendorError) || !isWrongForm(error)) throw error;
      refusal ??= error;
    }
  }
  if (change === 'revoke' && roles !== null && !heldDirectly(here, call.role)) {
    return { result: 'alreadySo', status: refusal?.facts.status ?? 0, message: refusal?.facts.message ?? null };
  }
  throw refusal ?? unsupported(call);
}

/** Whether the role is, or may be, held directly. */
function heldDirectly(roles: readonly AccountRole[], role: string): boolean {
  return roles.some((one) => one.role === role && (one.methods === null || one.methods.includes('direct')));
}

function unsupported(call: RoleCall): VendorError {
  return new VendorError({
    kind: 'unsupported',
    operation: call.verb === 'revokeRole' ? 'roles.revoke' : 'roles.assign',
    status: null,
    code: null,
    message: 'Roles on the organisation or on a site are not changed here. Change them in admin.atlassian.com',
    retryAt: null,
    surelyWithoutEffect: true,
  });
}
