import { failedBeforeSending } from './before-sending.ts';

const ofNames = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']);
const untrusted = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']);

/** What a connection that failed means, and what to look at. `code`: the system's (`ENOTFOUND`), null when it gave none. */
export function networkWords(host: string, code: string | null): string {
  if (code === null) return `The connection broke: ${host}`;
  if (ofNames.has(code)) return `The name ${host} is not found (${code}): check the base URL, and the DNS of this machine`;
  if (untrusted.has(code)) return `The certificate of ${host} is signed by nobody this machine trusts (${code}): if your network inspects TLS, give Node its root certificate in NODE_EXTRA_CA_CERTS`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate is not that of ${host} (${code}): check the base URL and the proxy`;
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${host} has expired (${code}): check the clock of this machine, else tell whoever runs that server`;
  return `${failedBeforeSending(code) ? 'No connection to' : 'The connection broke:'} ${host} (${code})`;
}
