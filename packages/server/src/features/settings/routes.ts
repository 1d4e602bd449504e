import { sessionRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { changeSettings } from './change-settings.ts';
import { readSettings } from './read-settings.ts';

export function settingsHandlers(deps: Dependencies): readonly Handler[] {
  return [
    handler(sessionRoutes.settings, ({ scope }) => readSettings(deps.db, scope.workspaceId)),
    handler(sessionRoutes.changeSettings, ({ scope, body }) => changeSettings(deps, scope, body)),
  ];
}
