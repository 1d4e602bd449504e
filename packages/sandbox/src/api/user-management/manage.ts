import type { Answer } from '../../http/answer.ts';
import { isRecord, noContent, ok } from '../../http/answer.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { keyError } from '../../http/envelopes.ts';
import { accountTypeOf } from '../../world/reader.ts';
import { hex } from '../../world/random.ts';
import { accountId, keyOwner, profileOf } from '../../world/world.ts';
import type { ProfileChange } from '../../world/world.ts';

type ManagedCall = OrgCall & { readonly index: number };
type Rule = { readonly allowed: true } | { readonly allowed: false; readonly reason: { readonly key: string } };

const allowed: Rule = { allowed: true };

/** Accounts that an identity provider provisions are managed there, and nobody manages the account that owns the key. */
function ruleOf(call: ManagedCall): Rule {
  if (call.org.world.source[call.index] === 2) return { allowed: false, reason: { key: 'externalDirectory.scim' } };
  return call.index === keyOwner ? { allowed: false, reason: { key: 'administrative.notMyself' } } : allowed;
}

function refusal(call: ManagedCall): Answer | undefined {
  const rule = ruleOf(call);
  return rule.allowed ? undefined : keyError(403, 'forbidden.action', rule);
}

/** Paths of the fields a profile change names: `name`, `extended_profile.job_title`. */
function namedFields(body: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(body).flatMap(([name, value]) => (isRecord(value) ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name]));
}

function mutationRefusal(call: ManagedCall): Answer | undefined {
  const rule = ruleOf(call);
  return rule.allowed ? undefined : keyError(403, 'forbidden.fieldMutation', Object.fromEntries(namedFields(call.body).map((field) => [field, rule])));
}

const profileFields = ['name', 'nickname', 'zoneinfo', 'locale', 'extended_profile.job_title', 'extended_profile.organization', 'extended_profile.department', 'extended_profile.location'] as const;

function manage(call: ManagedCall): Answer {
  const rule = ruleOf(call);
  const all: Readonly<Record<string, unknown>> = {
    'profile.read': allowed, 'profile.write': Object.fromEntries(profileFields.map((field) => [field, rule])), 'email.set': rule,
    'lifecycle.enablement': rule, 'lifecycle.delete': rule, 'apiToken.read': allowed, 'apiToken.delete': allowed,
  };
  const wanted = call.query.getAll('privileges').flatMap((value) => value.split(','));
  return ok(Object.fromEntries(Object.entries(all).filter(([name]) => wanted.length === 0 || wanted.includes(name))));
}

function account(call: ManagedCall): Answer {
  const { world, reader } = call.org;
  const profile = profileOf(world, call.index);
  const id = accountId(world, call.index);
  return ok({ account: {
    account_id: id, account_type: accountTypeOf(world, call.index), account_status: reader.accountStatus(call.index), name: profile.name, email: profile.email ?? '',
    picture: `https://avatar.example/${id}`, nickname: profile.nickname, zoneinfo: profile.timeZone, locale: 'en-GB',
    extended_profile: { job_title: profile.jobTitle, organization: profile.organization ?? '', department: profile.department, location: profile.location },
  } });
}

const plainFields: Readonly<Record<string, 'name' | 'nickname' | 'timeZone'>> = { name: 'name', nickname: 'nickname', zoneinfo: 'timeZone' };
const extendedFields: Readonly<Record<string, 'jobTitle' | 'organization' | 'department' | 'location'>> = { job_title: 'jobTitle', organization: 'organization', department: 'department', location: 'location' };

function collect<K extends keyof ProfileChange>(from: unknown, names: Readonly<Record<string, K>>): readonly (readonly [K, string])[] {
  if (!isRecord(from)) return [];
  return Object.entries(names).flatMap(([name, target]) => {
    const value = from[name];
    return typeof value === 'string' ? [[target, value] as const] : [];
  });
}

function updateProfile(call: ManagedCall): Answer {
  const refused = mutationRefusal(call);
  if (refused !== undefined) return refused;
  const change: ProfileChange = Object.fromEntries([...collect(call.body, plainFields), ...collect(call.body['extended_profile'], extendedFields)]);
  const tooLong = [['name', change.name, 100], ['nickname', change.nickname, 30]].find(([, value, most]) => typeof value === 'string' && typeof most === 'number' && value.length > most);
  if (tooLong !== undefined) return keyError(400, 'fieldConstraintsViolated', { fieldViolations: [{ field: tooLong[0], violations: [{ key: 'maxLength' }] }] });
  call.org.changes.changeProfile(call.cause, call.index, change, 'profileUpdated');
  return account(call);
}

function setEmail(call: ManagedCall): Answer {
  const refused = refusal(call);
  if (refused !== undefined) return refused;
  const email = call.body['email'];
  if (typeof email !== 'string' || !email.includes('@')) return keyError(400, 'bodyParseFailure');
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (!call.org.world.organisation.verifiedDomains.includes(domain)) return keyError(403, 'forbidden.unclaimedDomain', { domain });
  call.org.changes.changeProfile(call.cause, call.index, { email }, 'emailSet');
  return noContent;
}

function setEnabled(call: ManagedCall, enabled: boolean): Answer {
  const refused = refusal(call);
  if (refused !== undefined) return refused;
  call.org.changes.setAccountStatus(call.cause, call.index, enabled ? 'active' : 'inactive');
  return noContent;
}

function lifecycleConflict(call: ManagedCall): Answer {
  const errorCodes = [{ code: 'user-is-org-admin', message: 'Remove the organization admin role first', link: 'https://support.atlassian.com' }];
  return keyError(409, 'conflict.lifecycleErrors', { message: 'The account is not eligible for deletion', accountId: accountId(call.org.world, call.index), errorCodes });
}

/** 14 days of grace, during which the account shows as deactivated. */
function scheduleDeletion(call: ManagedCall): Answer {
  const refused = refusal(call);
  if (refused !== undefined) return refused;
  if (call.org.world.orgAdmins.has(call.index)) return lifecycleConflict(call);
  call.org.changes.setForDeletion(call.cause, call.index, true);
  call.org.changes.setAccountStatus(call.cause, call.index, 'inactive');
  return ok({ message: 'The account will be deleted in 14 days' });
}

function cancelDeletion(call: ManagedCall): Answer {
  const refused = refusal(call);
  if (refused !== undefined) return refused;
  call.org.changes.setForDeletion(call.cause, call.index, false);
  call.org.changes.setAccountStatus(call.cause, call.index, 'active');
  return ok({ message: 'The deletion was cancelled' });
}

function tokensOf(call: ManagedCall): readonly { readonly id: string; readonly label: string; readonly createdAt: string; readonly lastAccess: string }[] {
  const { world } = call.org;
  const count = call.index % 3;
  return Array.from({ length: count }, (_, number) => ({ id: hex(world.organisation.seed, call.index, 130 + number, 12), label: `token ${number + 1}`, createdAt: '2026-02-01T08:00:00.000Z', lastAccess: '2026-06-01T08:00:00.000Z' })).filter((token) => !world.deletedTokens.has(token.id));
}

function deleteToken(call: ManagedCall): Answer {
  const token = tokensOf(call).find((candidate) => candidate.id === call.params['tokenId']);
  if (token === undefined) return keyError(404, 'notFound');
  call.org.changes.deleteToken(call.cause, call.index, token.id);
  return noContent;
}

const base = '/users/{accountId}/manage';

/** The user management API: managed accounts only. */
export const managementOperations: readonly Operation[] = [
  { family: 'management', name: 'manage.get', method: 'GET', path: base, write: false, access: 'owner', handle: manage },
  { family: 'management', name: 'profile.get', method: 'GET', path: `${base}/profile`, write: false, access: 'owner', handle: account },
  { family: 'management', name: 'profile.update', method: 'PATCH', path: `${base}/profile`, write: true, access: 'owner', handle: updateProfile },
  { family: 'management', name: 'email.set', method: 'PUT', path: `${base}/email`, write: true, access: 'owner', handle: setEmail },
  { family: 'management', name: 'apiTokens.list', method: 'GET', path: `${base}/api-tokens`, write: false, access: 'owner', handle: (call) => ok(tokensOf(call)) },
  { family: 'management', name: 'apiTokens.delete', method: 'DELETE', path: `${base}/api-tokens/{tokenId}`, write: true, access: 'owner', handle: deleteToken },
  { family: 'management', name: 'lifecycle.disable', method: 'POST', path: `${base}/lifecycle/disable`, write: true, access: 'owner', handle: (call) => setEnabled(call, false) },
  { family: 'management', name: 'lifecycle.enable', method: 'POST', path: `${base}/lifecycle/enable`, write: true, access: 'owner', handle: (call) => setEnabled(call, true) },
  { family: 'management', name: 'lifecycle.delete', method: 'POST', path: `${base}/lifecycle/delete`, write: true, access: 'owner', handle: scheduleDeletion },
  { family: 'management', name: 'lifecycle.cancelDelete', method: 'POST', path: `${base}/lifecycle/cancel-delete`, write: true, access: 'owner', handle: cancelDeletion },
];
