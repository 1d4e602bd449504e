import type { Permission, Role } from '@rollcall/contract';
import { permissionsOfRole } from '@rollcall/contract';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';

/** What a person may do in a workspace. Null limits: all sources, all sites. */
export interface Access {
  readonly role: Role;
  readonly sourceIds: readonly string[] | null;
  readonly sites: readonly string[] | null;
}

/** The permissions of a role, narrowed by a token's scopes. */
export function permissionsOf(role: Role, scopes: readonly string[] | null): ReadonlySet<Permission> {
  const given = permissionsOfRole[role];
  return new Set(scopes === null ? given : given.filter((permission) => scopes.includes(permission)));
}

/** Whether everything that `access` reaches is within the asker's own limits. */
export function isWithin(scope: Pick<Scope, 'sourceIds' | 'sites'>, access: Omit<Access, 'role'>): boolean {
  return covers(scope.sourceIds, access.sourceIds) && covers(scope.sites, access.sites);
}

function covers(own: readonly string[] | null, other: readonly string[] | null): boolean {
  return own === null || (other !== null && other.every((one) => own.includes(one)));
}

/** Nobody hands out more than they have. */
export function assertWithin(scope: Pick<Scope, 'sourceIds' | 'sites'>, access: Omit<Access, 'role'>): void {
  if (isWithin(scope, access)) return;
  throw new RequestProblem({ code: 'forbidden', title: 'Beyond your own limits', detail: 'You are limited to some sources or sites and can only give access within them. Choose among yours, or ask an administrator of the whole workspace.' });
}
