import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Permission, Role } from '@rollcall/contract';

export const roleNames: Readonly<Record<Role, MessageDescriptor>> = {
  viewer: msg`Viewer`,
  operator: msg`Operator`,
  approver: msg`Approver`,
  administrator: msg`Administrator`,
};
export const roleDescriptions: Readonly<Record<Role, MessageDescriptor>> = {
  viewer: msg`Looks at everything within the limits, changes nothing.`,
  operator: msg`Also syncs, uploads, exempts, makes plans and applies them.`,
  approver: msg`Also approves, decides about held readings, resumes after a pause, reads the audit trail.`,
  administrator: msg`Also adds sources and keys, invites people, changes settings.`,
};
export const permissionNames: Readonly<Record<Permission, MessageDescriptor>> = {
  read: msg`Read everything within the limits`,
  sync: msg`Sync, test keys, upload`,
  plan: msg`Make plans and save views`,
  apply: msg`Apply plans, run commands, pause everything`,
  approve: msg`Approve, resume, decide about held readings`,
  exempt: msg`Add and end exemptions`,
  audit: msg`Read and verify the audit trail`,
  sources: msg`Add, change and remove sources`,
  backup: msg`Make backups of everything`,
  administer: msg`Invite people, change settings`,
};
