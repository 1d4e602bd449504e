import { atlassianOrg } from './atlassian-org/index.ts';

/** Every kind of source that is read through an API. A kind is added here and nowhere else. */
export const connectors = [atlassianOrg] as const;
export type AnyConnector = (typeof connectors)[number];
export type ConnectorKind = AnyConnector['kind'];

/** The connector of a kind; undefined for a kind that has none (files are not read through a connector). */
export function connectorOf(kind: string): AnyConnector | undefined {
  return connectors.find((connector) => connector.kind === kind);
}
