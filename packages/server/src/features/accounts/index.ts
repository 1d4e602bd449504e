export { accountHandlers } from './routes.ts';
export { takeObservation } from './take-observation.ts';
