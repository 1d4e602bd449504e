import { routes } from '@rollcall/contract';
import type { Route } from '@rollcall/contract';

/** `feature.operation` of every route of the contract: what logs say instead of addresses, which can hold personal data. */
export const routeNames: ReadonlyMap<Route, string> = new Map(
  Object.entries(routes).flatMap(([feature, members]) => Object.entries(members).map(([name, route]: [string, Route]): [Route, string] => [route, `${feature}.${name}`])),
);
