export { claimKey, noteKey } from './claim-key.ts';
export { ensureKeyFile, writeKeyFile } from './key-file.ts';
export { createKeyRing, deriveKey, type KeyRing } from './key-ring.ts';
export { resealSecrets } from './rotate.ts';
export { assertKeysKnown, createSecrets, type Secrets } from './secrets.ts';
