import type { CivilDate, NamedResource, QueryContext } from '@rollcall/core';

/** The realms in which a kind of fact was read, so that "not there" means "there is none". */
export type ReadIn = 'everywhere' | readonly number[];

export interface Coverage {
  /** Realms whose accesses were read: an account without a row there has no access. */
  readonly accesses: ReadIn;
  /** Realms whose group memberships were read. */
  readonly groups: ReadIn;
  /** Realms that show e-mail addresses: an account without one there has none. */
  readonly emails: ReadIn;
  /** Realms that say which accounts an identity provider owns. */
  readonly identityProvider: ReadIn;
}

/** What a query is compiled against. The lists are small and read beforehand, so that the SQL compares plain ids. */
export interface CompileContext extends QueryContext {
  readonly workspaceId: number;
  /** All resources of the workspace, also gone ones. */
  readonly resources: readonly (NamedResource & { readonly id: number; readonly realmId: number })[];
  /** `historyFrom` is that of the evidence's source. */
  readonly evidence: readonly { readonly id: number; readonly knownThrough: CivilDate | null; readonly historyFrom: CivilDate | null }[];
  readonly sources: readonly { readonly id: string; readonly name: string; readonly realmId: number }[];
  /** Accesses to other resources do not exist for the person who asks; null: no such limit. */
  readonly allowedResourceIds: readonly number[] | null;
  readonly coverage: Coverage;
}
