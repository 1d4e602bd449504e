import type { ErrorKind } from '../errors.ts';
import type { ErrorWords } from './error-body.ts';

const quotaCodes = new Set(['ADMIN-UAM-409-3', 'ADMIN-409-3', 'ADMIN-400-32', 'ADMIN-UAM-402-1', 'ADMIN-UAM-400-4']);
const refusalCodes = new Set(['ADMIN-403-5', 'ADMIN-403-6', 'ADMIN-403-7']);
const malformedCodes = new Set(['ADMIN-400-1', 'ADMIN-400-24', 'ADMIN-400-3', 'bodyParseFailure']);

const aboutIdentityProvider = /externalDirectory\.|identity provider|externally (?:managed|synced)|synced from|managed by (?:an )?(?:external|idp)|\bSCIM\b/iu;
const aboutScope = /\bscopes?\b|manage:org\b/iu;
const aboutQuota = /licen[cs]e limit|user limit|license breach/iu;
/** An organisation administrator cannot be suspended or restored by the API: 400. */
const aboutAdministrator = /org(?:anization|anisation)?[ -]admin/iu;

/** The organisation id in the path is wrong, or the key is another organisation's. */
export function isUnreachableOrganisation(status: number, message: string | null): boolean {
  return status === 404 && message !== null && /TCS validation failed/iu.test(message);
}

/**
 * The one place that decides what a refusal means: status × codes × words → kind. Sources: the code lists of the organisation and
 * user management APIs, and answers measured by others (2026). An unknown 4xx is `rejected`: the vendor's words are shown, nothing is repeated.
 */
export function errorKindOf(status: number, { codes, message }: ErrorWords): ErrorKind {
  const words = `${codes.join(' ')} ${message ?? ''}`;
  if (status === 429) return 'rateLimited';
  if (status === 401) return 'auth';
  if (status >= 500 || status === 408 || status === 425) return status === 501 ? 'unsupported' : 'transient';
  // The licence before the conflict: both come as 409.
  if (status === 402 || codes.some((code) => quotaCodes.has(code)) || aboutQuota.test(words)) return 'quota';
  // Groups and accounts of an identity provider are refused with 400 or 403, told apart by the words only.
  if ((status === 400 || status === 403 || status === 409) && aboutIdentityProvider.test(words)) return 'managedByIdp';
  if (status === 403) {
    if (codes.some((code) => refusalCodes.has(code))) return 'rejected';
    return aboutScope.test(words) ? 'scope' : 'forbidden';
  }
  // Nothing is missing: the key does not reach the organisation at all, so that nobody takes an account for gone.
  if (isUnreachableOrganisation(status, message)) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 405 || status === 415) return 'unsupported';
  if (status === 400 && codes.some((code) => malformedCodes.has(code)) && !aboutAdministrator.test(words)) return 'bug';
  return 'rejected';
}
