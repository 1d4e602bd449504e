export { ensureKeyFile, keyFilePath, writeKeyFile } from './key-file.ts';
export { createKeyRing, deriveKey, type KeyRing, type SecretKey } from './key-ring.ts';
export { resealSecrets } from './rotate.ts';
export { assertKeysKnown, createSecrets, MissingKeyError, type Secrets } from './secrets.ts';
