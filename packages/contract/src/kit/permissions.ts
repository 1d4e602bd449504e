/** What a route needs, and what an API token's scopes are made of. */
export const permissions = ['read', 'sync', 'plan', 'apply', 'approve', 'exempt', 'audit', 'sources', 'backup', 'administer'] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['viewer', 'operator', 'approver', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What each role may do. A token's scopes can only narrow this. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  operator: ['read', 'sync', 'plan', 'apply', 'exempt'],
  approver: ['read', 'sync', 'plan', 'apply', 'exempt', 'approve', 'audit'],
  administrator: permissions,
};
