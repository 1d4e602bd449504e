import { atlassianOrg, atlassianOrgActions } from './atlassian-org/index.ts';

/** Every kind of source that is read through an API. A kind is added here and nowhere else. */
export const connectors = [atlassianOrg] as const;
export type AnyConnector = (typeof connectors)[number];
export type ConnectorKind = AnyConnector['kind'];

/** The connector of a kind; undefined for a kind that has none (files are not read through a connector). */
export function connectorOf(kind: string): AnyConnector | undefined {
  return connectors.find((connector) => connector.kind === kind);
}

/** Every action, whichever kinds of source can do it. */
export const actions = [...atlassianOrgActions] as const;
export type Action = (typeof actions)[number];
export type ActionVerb = Action['verb'];

/** The action of a verb; undefined when there is none. */
export function actionOf(verb: string): Action | undefined {
  return actions.find((action) => action.verb === verb);
}
