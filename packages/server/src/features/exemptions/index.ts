export { domainCovers } from './domain-covers.ts';
export { exemptionHandlers } from './routes.ts';
