export { readPause, type Pause } from './read-pause.ts';
export { pauseHandlers } from './routes.ts';
