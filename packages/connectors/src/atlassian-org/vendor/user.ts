import { z } from 'zod';
import { count, flag, id, instant, instantOrNever, listOf, partOf, text, texts } from './loose.ts';

const productAccess = z.object({
  id: text,
  key: text,
  lastActiveTimestamp: instantOrNever,
});

const membership = z.object({ id, name: text });

/** A user of the v2 directory API; all members but the id are optional there. */
export const vendorUser = z.object({
  accountId: id,
  accountType: text,
  status: text,
  accountStatus: text,
  membershipStatus: text,
  addedToOrg: instant,
  name: text,
  nickname: text,
  email: text,
  claimStatus: text,
  platformRoles: texts,
  managementSource: text,
  mfaEnabled: flag,
  jobTitle: text,
  department: text,
  organization: text,
  location: text,
  forDeletion: flag,
  counts: partOf(z.object({ resources: count })),
  // Null: the expand was not honoured.
  productAccess: listOf(productAccess),
  groups: listOf(membership),
});
export type VendorUser = z.infer<typeof vendorUser>;

/** A managed account of `GET /v1/orgs/{o}/users`. */
export const vendorManagedUser = z.object({
  account_id: id,
  account_type: text,
  account_status: text,
  name: text,
  email: text,
  product_access: listOf(z.object({ key: z.string(), url: text, last_active: instant })),
});

/** The answer of last-active-dates. */
export const vendorLastActive = z.object({
  data: z.object({
    product_access: z.array(z.unknown()),
  }),
  links: partOf(z.object({ next: text })),
});
export const vendorProductActivity = z.object({ id: text, key: text, last_active: text, last_active_timestamp: instant });
