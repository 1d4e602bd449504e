declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

/** UUIDv7 ids of the things that have an address. They are made by the server, never by core. */
export type WorkspaceId = Id<'workspace'>;
export type SourceId = Id<'source'>;
export type RealmId = Id<'realm'>;
export type PlanId = Id<'plan'>;
export type RunId = Id<'run'>;
export type PersonId = Id<'person'>;

/** An id as the vendor gave it. Kept as given, never parsed. */
export type VendorId = Id<'vendor'>;
