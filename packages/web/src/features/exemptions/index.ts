export { exemptionRoutes } from './routes.ts';
