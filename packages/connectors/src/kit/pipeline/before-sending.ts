const codesBeforeSending = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_INVALID_URL', 'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** The system's code of a failed request (`ECONNREFUSED`), looked up through causes and bundled errors; null when there is none. */
export function networkCodeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) {
    const codes = error.errors.map((one: unknown) => networkCodeOf(one)).filter((code) => code !== null);
    if (codes.length > 0) return codes.find((code) => !codesBeforeSending.has(code)) ?? codes[0] ?? null;
  }
  return networkCodeOf(error.cause);
}

/** True when the connection never stood, so that the request cannot have reached the vendor. A reset may come after it was read. */
export function failedBeforeSending(code: string | null): boolean {
  return code !== null && codesBeforeSending.has(code);
}
