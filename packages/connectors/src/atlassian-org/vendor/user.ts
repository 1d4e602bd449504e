import { z } from 'zod';
import { count, flag, id, instant, listOf, text, texts } from './loose.ts';

const productAccess = z.looseObject({
  id: text,
  key: text,
  // Null and absent differ here: null says "never", absent says nothing.
  lastActiveTimestamp: z.union([z.string(), z.number(), z.null()]).optional().catch(undefined),
});
export type ProductAccess = z.infer<typeof productAccess>;

const membership = z.looseObject({ id, name: text });

/** A user of the v2 directory API; all members but the id are optional there. */
export const vendorUser = z.looseObject({
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
  counts: z.looseObject({ resources: count }).nullish().catch(null),
  // Null: the expand was not honoured.
  productAccess: listOf(productAccess),
  groups: listOf(membership),
});
export type VendorUser = z.infer<typeof vendorUser>;

/** A managed account of `GET /v1/orgs/{o}/users`. */
export const vendorManagedUser = z.looseObject({
  account_id: id,
  account_type: text,
  account_status: text,
  name: text,
  email: text,
  product_access: listOf(z.looseObject({ key: z.string(), url: text, last_active: instant })),
});

/** The answer of last-active-dates. */
export const vendorLastActive = z.looseObject({
  data: z.looseObject({
    product_access: z.array(z.unknown()),
  }),
  links: z.looseObject({ next: text }).nullish().catch(null),
});
export const vendorProductActivity = z.looseObject({ id: text, key: text, last_active: text, last_active_timestamp: instant });
