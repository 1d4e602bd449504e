export { readPause } from './read-pause.ts';
export { pauseHandlers } from './routes.ts';
