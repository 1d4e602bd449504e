/** Role ids without the `atlassian/` in front. */
function bare(role: string): string {
  return role.slice(role.lastIndexOf('/') + 1).toLowerCase();
}

const withoutSeat = new Set([
  'guest', 'customer', 'contributor', 'basic', 'stakeholder', 'viewer', 'user-access-admin', 'org-admin', 'site-admin', 'ai-access',
]);
const administrative = new Set(['admin', 'org-admin', 'site-admin', 'user-access-admin']);

/**
 * Does the role take a seat of the app? Guests, portal customers, contributors, viewers and access administrators do not
 * (role list of the organisation API). A role we do not know does: not counting a seat would hide a path that keeps it.
 */
export function takesSeat(role: string): boolean {
  return !withoutSeat.has(bare(role));
}

/** Does the role administer anything: an app, a site, the organisation or who may use an app? */
export function isAdminRole(role: string): boolean {
  return administrative.has(bare(role));
}

const withoutAccess = new Set(['user-access-admin', 'customer', 'org-admin', 'site-admin', 'ai-access']);

/** Does the role let people use the app at all? Guests and viewers do use it, without a seat; whoever only manages access, or only a portal, does not. */
export function givesAccess(role: string): boolean {
  return !withoutAccess.has(bare(role));
}
