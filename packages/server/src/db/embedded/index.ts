export { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from "./start-embedded.ts";
