import { z } from 'zod';
import { count, flag, id, listOf, partOf, text, texts } from './loose.ts';

export const vendorOrganisation = z.object({ id, attributes: partOf(z.object({ name: text })) });
export const vendorDomain = z.object({
  attributes: partOf(z.object({ name: text, claim: partOf(z.object({ status: text })) })),
});
export const vendorDirectory = z.object({ directoryId: id, name: text });

const workspaceAttributes = z.object({ name: text, typeKey: text, type: text, owner: text, usage: count, capacity: count, hostUrl: text });
export const vendorWorkspace = z.object({ id, type: text, attributes: partOf(workspaceAttributes) });

export const vendorGroup = z.object({
  id,
  name: text,
  description: text,
  directoryId: text,
  managementAccess: partOf(z.object({ modifiable: flag })),
  externalSynced: flag,
  managedBy: text,
  counts: partOf(z.object({ resources: count })),
});
export type VendorGroup = z.infer<typeof vendorGroup>;

/** A role assignment of a group or of a user; `roleAssignments` and the directory members are a user's only. */
export const vendorRoleAssignment = z.object({
  resourceId: id,
  resourceOwner: text,
  roles: texts,
  roleAssignments: listOf(z.object({ role: z.string(), roleAssignmentMethods: texts })),
  directoryId: text,
  userDirectoryStatus: text,
});
export type VendorRoleAssignment = z.infer<typeof vendorRoleAssignment>;
