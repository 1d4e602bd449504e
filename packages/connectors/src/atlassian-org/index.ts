export { atlassianOrgActions } from './actions/index.ts';
export { atlassianOrg } from './connector.ts';
export { givesAccess, isAdminRole, takesSeat } from './roles.ts';
export { atlassianOrgSettings, defaultBaseUrl } from './settings.ts';
export type { AtlassianOrgSettings } from './settings.ts';
