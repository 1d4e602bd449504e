export { readSettings, settingsOf } from './read-settings.ts';
export type { Settings } from './read-settings.ts';
export { settingsHandlers } from './routes.ts';
