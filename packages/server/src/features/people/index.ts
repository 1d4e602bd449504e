export { createAuthenticate } from './authenticate.ts';
export { forgetOldSignIns } from './forget.ts';
export { ensureLocalToken, localTokenPath } from './local-token.ts';
export { hashSecret } from './one-time-secret.ts';
export { actorNames } from './people-read-model.ts';
export { peopleHandlers } from './routes.ts';
export { makeSetupToken } from './setup.ts';
export { createSignIn } from './sign-in.ts';
export { resealTwoFactor, signInSecrets } from './sign-in-secrets.ts';
