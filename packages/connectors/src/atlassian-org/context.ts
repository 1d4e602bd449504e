import type { ConnectorContext } from '../kit/connector.ts';
import type { AtlassianOrgSettings } from './settings.ts';

export type Context = ConnectorContext<AtlassianOrgSettings>;
