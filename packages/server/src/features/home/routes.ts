import { sessionRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { readHome } from './read-home.ts';

export function homeHandlers(deps: Dependencies): readonly Handler[] {
  return [handler(sessionRoutes.home, ({ scope }) => readHome(deps, scope))];
}
