const base = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'x-frame-options': 'DENY',
} as const;

/**
 * Headers of every answer. `nonce` is given for the page of the web app alone, whose styles carry it; everything else may load nothing.
 * No inline script anywhere. `secure`: people reach us by https, so browsers are told to stay there.
 */
export function securityHeaders(nonce: string | null, secure: boolean): Readonly<Record<string, string>> {
  return {
    ...base,
    'content-security-policy': nonce === null ? "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'" : pagePolicy(nonce),
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
