import { routes } from '@rollcall/contract';
import type { Route } from '@rollcall/contract';

export interface NamedRoute {
  /** The feature, which is the tag in the OpenAPI document. */
  readonly tag: string;
  readonly name: string;
  readonly route: Route;
}

const groups: readonly (readonly [tag: string, routes: Readonly<Record<string, Route>>])[] = Object.entries(routes);

/** Every operation of the API, in the order of the contract. */
export const allRoutes: readonly NamedRoute[] = groups.flatMap(([tag, group]) => Object.entries(group).map(([name, route]) => ({ tag, name, route })));
