export { ConfigError, loadConfig, type Config } from './app/config.ts';
export { commitPoints, type AtCommit, type CommitPoint } from './app/commit-points.ts';
export { createLog } from './app/log.ts';
export { openDatabase, type OpenDatabase } from './app/open-database.ts';
export { rotateKeys, type Rotated } from './app/rotate-keys.ts';
export { startServer, type RunningServer, type ServeOptions } from './app/serve.ts';
export { version } from './app/version.ts';
export { ensureLocalToken, localTokenPath } from './features/people/index.ts';
