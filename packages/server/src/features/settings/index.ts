export { readSettings, type Settings } from './read-settings.ts';
export { settingsHandlers } from './routes.ts';
