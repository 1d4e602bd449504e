export { checkServer, UnfitServerError, type ServerReport } from "./check-server.ts";
export { copyIn, copyOut, copyTextIn, type CopyTarget } from "./copy.ts";
export { type CopyValue } from "./copy-text.ts";
export { asDiskFull, DiskFullError, isDiskFull } from "./disk-full-error.ts";
export { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from "./embedded/index.ts";
export { assertMigrated, migrate, SchemaMismatchError } from "./migrate.ts";
export { createDatabase, createPool, transaction, type PoolOptions } from "./pool.ts";
export { appliedMigration, newestMigration } from "./schema-number.ts";
export type { Database } from "./schema.ts";
