import { z } from 'zod';
import { count, flag, id, listOf, text, texts } from './loose.ts';

export const vendorOrganisation = z.looseObject({ id, attributes: z.looseObject({ name: text }).nullish().catch(null) });
export const vendorDomain = z.looseObject({
  attributes: z.looseObject({ name: text, claim: z.looseObject({ status: text }).nullish().catch(null) }).nullish().catch(null),
});
export const vendorDirectory = z.looseObject({ directoryId: id, name: text });

const workspaceAttributes = z.looseObject({ name: text, typeKey: text, type: text, owner: text, usage: count, capacity: count, hostUrl: text });
export const vendorWorkspace = z.looseObject({ id, type: text, attributes: workspaceAttributes.nullish().catch(null) });

export const vendorGroup = z.looseObject({
  id,
  name: text,
  description: text,
  directoryId: text,
  managementAccess: z.looseObject({ modifiable: flag }).nullish().catch(null),
  externalSynced: flag,
  managedBy: text,
  counts: z.looseObject({ resources: count }).nullish().catch(null),
});
export type VendorGroup = z.infer<typeof vendorGroup>;

/** A role assignment of a group or of a user; `roleAssignments` and the directory members are a user's only. */
export const vendorRoleAssignment = z.looseObject({
  resourceId: id,
  resourceOwner: text,
  roles: texts,
  roleAssignments: listOf(z.looseObject({ role: z.string(), roleAssignmentMethods: texts })),
  directoryId: text,
  userDirectoryStatus: text,
});
export type VendorRoleAssignment = z.infer<typeof vendorRoleAssignment>;
