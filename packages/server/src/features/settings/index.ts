export { readSettings } from './read-settings.ts';
export { settingsHandlers } from './routes.ts';
