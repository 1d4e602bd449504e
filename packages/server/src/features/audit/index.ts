export { logAuditHeads } from './heads.ts';
export { recordAudit, type AuditFacts } from './record-audit.ts';
export { auditHandlers } from './routes.ts';
