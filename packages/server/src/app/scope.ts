import type { Permission, Role } from '@rollcall/contract';

/** Who acts. `id` stands in audit events and never names a person by e-mail. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'token' | 'local' | 'system';
}

/** What the asker may see and do: mandatory for every reading and writing. Null means all. */
export interface Scope {
  readonly workspaceId: number;
  readonly actor: Actor;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  readonly sourceIds: readonly string[] | null;
  readonly sites: readonly string[] | null;
}

/** The scope in which schedules and background work act for a workspace. */
export function systemScope(workspaceId: number, permissions: ReadonlySet<Permission>): Scope {
  return { workspaceId, actor: { id: 'system', name: 'Rollcall', kind: 'system' }, role: 'administrator', permissions, sourceIds: null, sites: null };
}
