export { logAuditHeads } from './heads.ts';
export { recordAudit } from './record-audit.ts';
export { auditHandlers } from './routes.ts';
export { verifyTrail } from './verify.ts';
