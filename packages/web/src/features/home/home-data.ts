import type { RouteAnswer, routes } from '@rollcall/contract';

export type Home = RouteAnswer<typeof routes.session.home>;
export type Step = Home['gettingStarted'][number]['step'];
