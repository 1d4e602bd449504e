import { hex } from '../world/random.ts';

/** How a key behaves. `site`: an API token of a site, which the organisation API does not know. */
export type KeyKind = 'unscoped' | 'scoped' | 'expired' | 'site';

/** An API key and the organisations it administers. */
export type ApiKey = { readonly name: string; readonly secret: string; readonly kind: KeyKind; readonly orgIds: readonly string[]; revoked: boolean };

/** Names of the keys each sandbox has. */
export type KeyName = 'full' | 'scoped' | 'expired' | 'otherOrg' | 'several' | 'site' | 'spare';

/** The keys of a sandbox: `spare` is a second full key, for rotation. */
export type KeyRing = { readonly all: Readonly<Record<KeyName, ApiKey>>; find(authorization: string | undefined): ApiKey | undefined };

/** Makes the keys: `ownOrg` is the organisation under test, `otherOrg` one that its keys may not touch. */
export function createKeyRing(seed: number, ownOrg: string, otherOrg: string, severalOrgs: readonly string[]): KeyRing {
  const make = (name: KeyName, kind: KeyKind, orgIds: readonly string[], number: number): ApiKey => ({ name, kind, orgIds, revoked: false, secret: `ATCTT3xFfGN0-sandbox-${name}-${hex(seed, number, 15, 24)}` });
  const all: Readonly<Record<KeyName, ApiKey>> = {
    full: make('full', 'unscoped', [ownOrg], 1),
    scoped: make('scoped', 'scoped', [ownOrg], 2),
    expired: make('expired', 'expired', [ownOrg], 3),
    otherOrg: make('otherOrg', 'unscoped', [otherOrg], 4),
    several: make('several', 'unscoped', severalOrgs, 5),
    site: make('site', 'site', [ownOrg], 6),
    spare: make('spare', 'unscoped', [ownOrg], 7),
  };
  const bySecret = new Map(Object.values(all).map((key) => [key.secret, key]));
  return { all, find: (authorization) => bySecret.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '') };
}
