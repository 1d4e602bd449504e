import type { Holding, VendorId } from '@rollcall/core';
import type { Page } from '../../kit/connector.ts';
import type { AccessRecord, RoleRecord, SourceRecord } from '../../kit/records.ts';
import { rolesOfAccount } from '../account-roles.ts';
import type { AccountRole } from '../account-roles.ts';
import type { Context } from '../context.ts';
import { activityOfOmitted, lastActiveDatesOf } from '../last-active-dates.ts';
import type { AppActivity } from '../last-active-dates.ts';
import { isApp } from '../resource-id.ts';
import type { ResourceName } from '../resource-id.ts';
import { resourcesOf, unlistedResource } from '../resources.ts';
import { givesAccess } from '../roles.ts';
import { asVendorId } from '../vendor-id.ts';
import { orAbsent, orUnreadable } from '../vendor/read-one.ts';

/** One account: its roles, and when it was last active in each app it holds. An account that is gone gives nothing. */
export async function readActivity(context: Context, accountId: string): Promise<Page> {
  const roles = await orAbsent(orUnreadable(rolesOfAccount(context, accountId)));
  // A refusal here is the whole step's: every other account would be refused alike.
  const activity = await orAbsent(lastActiveDatesOf(context, accountId));
  const account = asVendorId(accountId);
  const names = new Map<VendorId, ResourceName>();
  for (const { resource } of [...(activity ?? []), ...(roles ?? []).filter((one) => givesAccess(one.role))]) {
    if (isApp(resource)) names.set(resource.vendorId, resource);
  }
  const resources = await resourcesOf(context);
  const unlisted = [...names.values()].map((name) => unlistedResource(resources, name)).filter((record) => record !== null);
  const accesses = activity === null ? [] : [...names.values()].map((name) => accessOf(account, name, roles, activity));
  const records: SourceRecord[] = [...unlisted, ...accesses, ...(roles ?? []).flatMap((role) => roleRecords(account, role))];
  return { records, next: null, total: null };
}

function accessOf(account: VendorId, name: ResourceName, roles: readonly AccountRole[] | null, activity: readonly AppActivity[]): AccessRecord {
  const of = (one: { readonly resource: ResourceName }): boolean => one.resource.vendorId === name.vendorId;
  const given = activity.find((one) => of(one) && one.lastActive.kind === 'at') ?? activity.find(of);
  const held: Holding = roles?.some((role) => of(role) && givesAccess(role.role)) === true ? 'has' : 'none';
  return {
    type: 'access',
    accountVendorId: account,
    resourceVendorId: name.vendorId,
    holding: roles === null ? 'unknown' : held,
    lastActive: given?.lastActive ?? activityOfOmitted(name.app),
    knownThrough: null,
    evidence: 'lastActiveDates',
  };
}

function roleRecords(account: VendorId, role: AccountRole): RoleRecord[] {
  // A role whose way the vendor does not explain is recorded as inferred: it is not ours to revoke.
  const methods = role.methods ?? (['inferred'] as const);
  return methods.flatMap((method) =>
    method === 'group' ? [] : [{ type: 'role', accountVendorId: account, resourceVendorId: role.resource.vendorId, role: role.role, method }],
  );
}
