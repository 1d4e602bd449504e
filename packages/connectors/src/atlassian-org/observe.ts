import type { Observation } from '../kit/calls.ts';
import { directoriesOfAccount } from './account-directories.ts';
import { observedRoles, rolesOfAccount } from './account-roles.ts';
import type { AccountRole } from './account-roles.ts';
import { groupsOfAccount, searchAccount } from './account-search.ts';
import type { Context } from './context.ts';
import { lastActiveDatesOf } from './last-active-dates.ts';
import { anyDirectory, requestsOf } from './requests.ts';
import { isApp } from './resource-id.ts';
import { givesAccess } from './roles.ts';
import { accessesOf } from './steps/read-accounts.ts';
import { accountTypeOf, statusOf } from './steps/account-record.ts';
import { orAbsent, orUnreadable, readOne } from './vendor/read-one.ts';
import { vendorUser } from './vendor/user.ts';
import type { VendorUser } from './vendor/user.ts';

/** Reads what the vendor says about one account now. An account that is not there has status null and knows nothing else. */
export async function observeAccount(context: Context, accountId: string): Promise<Observation> {
  const readAt = context.now().toISOString();
  const user = await orAbsent(readOne(context, requestsOf(context.settings).user(anyDirectory, accountId), vendorUser));
  if (user === null) return { readAt, status: null, accountType: 'unknown', platformRoles: null, directories: null, groups: null, roles: null, lastActive: null };
  const found = await searchAccount(context, accountId);
  const roles = await orUnreadable(rolesOfAccount(context, accountId));
  const directories = await directoriesOfAccount(context, accountId, roles);
  return {
    readAt,
    status: statusOf(user),
    accountType: accountTypeOf(user.accountType),
    platformRoles: platformRolesOf(user, found, roles),
    directories: directories.map(({ directoryId, suspended }) => ({ directoryId, suspended: suspended ?? statusOf(user) === 'suspended' })),
    groups: await groupsOfAccount(context, accountId, found),
    roles: roles === null ? null : observedRoles(roles),
    lastActive: await lastActiveOfAccount(context, accountId, found, roles),
  };
}

/** The expand's answer together with roles held on the organisation or on a site: either alone makes an administrator. */
function platformRolesOf(user: VendorUser, found: VendorUser | null, roles: readonly AccountRole[] | null): string[] | null {
  const named = found?.platformRoles ?? user.platformRoles;
  if (named === null && roles === null) return null;
  const held = (roles ?? []).filter((role) => role.resource.app === 'platform').map((role) => role.role);
  return [...new Set([...(named ?? []), ...held])];
}

/**
 * The days on which the account was last active, by app. The search is enough when it dates every app the account holds; else
 * last-active-dates is asked, so that somebody who signed in yesterday is not taken for never active.
 */
async function lastActiveOfAccount(context: Context, accountId: string, found: VendorUser | null, roles: readonly AccountRole[] | null): Promise<Observation['lastActive']> {
  const searched = found?.productAccess == null ? null : accessesOf(found, context.timeZone, context.now());
  const dated = (searched ?? []).flatMap(({ record }) => (record.lastActive.kind === 'at' ? [{ resourceId: record.resourceVendorId, on: record.lastActive.on }] : []));
  const named = [...(searched ?? []).map(({ name }) => name), ...(roles ?? []).filter((role) => givesAccess(role.role)).map((role) => role.resource)];
  const undated = named.some((name) => isApp(name) && !dated.some((one) => one.resourceId === name.vendorId));
  if (searched !== null && !undated) return dated;
  const asked = await orAbsent(orUnreadable(lastActiveDatesOf(context, accountId)));
  if (asked === null) return searched === null ? null : dated;
  const later = asked.flatMap(({ resource, lastActive }) => (lastActive.kind === 'at' ? [{ resourceId: resource.vendorId, on: lastActive.on }] : []));
  return latestByResource([...dated, ...later]);
}

function latestByResource(all: NonNullable<Observation['lastActive']>): NonNullable<Observation['lastActive']> {
  const latest = new Map<string, (typeof all)[number]>();
  for (const one of all) {
    const known = latest.get(one.resourceId);
    if (known === undefined || known.on < one.on) latest.set(one.resourceId, one);
  }
  return [...latest.values()];
}
