export { canonicalJson } from './canonical-json.ts';
export * from './chain-event.ts';
export { fromHex, toHex } from './digest.ts';
export type { Digest, Sha256 } from './digest.ts';
export { auditExportFormat, auditExportVersion, exportEventLine, exportFooterLine, exportHeaderLine } from './export-format.ts';
export type { AuditExportHeader } from './export-format.ts';
export * from './verify-chain.ts';
export * from './verify-export.ts';
