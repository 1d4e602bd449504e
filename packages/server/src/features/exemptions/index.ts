export { exemptionHandlers } from './routes.ts';
