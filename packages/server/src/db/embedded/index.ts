export { EmbeddedDatabaseError } from "./embedded-database-error.ts";
export { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from "./start-embedded.ts";
