import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Dependencies } from '../../app/dependencies.ts';
import type { SignIn } from '../../http/sign-in-routes.ts';
import { recordSignInEvent } from './sign-in-audit.ts';

export interface SignInOptions {
  readonly deps: Dependencies;
  /** Sign cookies and seal two-factor secrets; the first is used, the others still open. */
  readonly secrets: readonly { readonly version: number; readonly value: string }[];
  /** Address people open; null while it is only known per request. */
  readonly publicUrl: string | undefined;
}

/** What better-auth answers; everything else it could do (sign-up, mail, social, changing e-mail) has no address here. */
const addresses = new Set([
  'POST /sign-in/email',
  'POST /sign-out',
  'GET /get-session',
  'POST /change-password',
  'POST /revoke-other-sessions',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/generate-backup-codes',
]);

const basePath = '/api/auth';
const weekSeconds = 604_800;
/** Set by us from the connection; what a client sends under this name is dropped. */
const addressHeader = 'x-rollcall-client-address';

/** Password and two-factor sign-in with sessions in PostgreSQL. No mail, no outside request, no telemetry. */
export function createSignIn(options: SignInOptions): { signIn: SignIn; sessionOf: (headers: Headers) => Promise<{ personId: string } | null> } {
  const { deps } = options;
  const auth = betterAuth(settingsOf(options));
  const sessionOf = async (headers: Headers): Promise<{ personId: string } | null> => {
    if (!headers.has('cookie')) return null;
    const session = await auth.api.getSession({ headers });
    return session === null ? null : { personId: session.user.id };
  };
  const signIn: SignIn = async (request, clientAddress) => {
    const path = new URL(request.url).pathname.slice(basePath.length);
    if (!addresses.has(`${request.method} ${path}`)) return null;
    request.headers.set(addressHeader, clientAddress);
    const answer = await auth.handler(request);
    await recordSignInEvent(deps, path, answer, () => sessionOf(request.headers));
    return answer;
  };
  return { signIn, sessionOf };
}

function settingsOf({ deps, secrets, publicUrl }: SignInOptions) {
  return {
    appName: 'Rollcall',
    baseURL: publicUrl ?? 'http://localhost',
    basePath,
    secrets: [...secrets],
    database: { db: deps.db, type: 'postgres' as const, transaction: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    plugins: [twoFactor({ issuer: 'Rollcall', twoFactorTable: 'person_two_factor', schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: { modelName: 'person_two_factor', fields: { userId: 'person_id', backupCodes: 'backup_codes', failedVerificationCount: 'failed_verification_count', lockedUntil: 'locked_until' } } } })],
    user: { modelName: 'person', fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    session: {
      modelName: 'person_session',
      fields: { userId: 'person_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', createdAt: 'created_at', updatedAt: 'updated_at' },
      expiresIn: weekSeconds,
      // The API reads sessions without answering cookies, so an end that moves would move in the database alone.
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'person_credential',
      fields: {
        userId: 'person_id', providerId: 'provider_id', accountId: 'account_id', accessToken: 'access_token', refreshToken: 'refresh_token', idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at', refreshTokenExpiresAt: 'refresh_token_expires_at', createdAt: 'created_at', updatedAt: 'updated_at',
      },
    },
    verification: { modelName: 'person_verification', fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    rateLimit: {
      enabled: true,
      storage: 'database' as const,
      modelName: 'sign_in_rate',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/two-factor/verify-totp': { window: 60, max: 10 },
        '/two-factor/verify-backup-code': { window: 60, max: 5 },
        '/change-password': { window: 60, max: 5 },
      },
    },
    advanced: {
      cookiePrefix: 'rollcall',
      useSecureCookies: publicUrl?.startsWith('https:') === true,
      defaultCookieAttributes: { sameSite: 'strict' as const, httpOnly: true },
      // The HTTP server refuses foreign origins before anything arrives here, and it alone knows the addresses people open.
      disableOriginCheck: true,
      disableCSRFCheck: true,
      database: { generateId: () => deps.newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' as const, log: (level: string, message: string) => { deps.log.warn({ level }, `Sign-in: ${message}`); } },
  };
}
