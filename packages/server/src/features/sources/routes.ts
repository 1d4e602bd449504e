import { routes } from '@rollcall/contract';
import type { CapabilityReport } from '@rollcall/connectors/kit';
import { changeSource } from './change-source.ts';
import { createSource } from './create-source.ts';
import { handler } from '../../http/handler.ts';
import { listSources, readSource } from './read-sources.ts';
import { removeSource } from './remove-source.ts';
import { testKey } from './test-key.ts';
import { testSource } from './test-source.ts';
import type { Handler } from '../../http/handler.ts';
import type { Scope } from '../../app/scope.ts';
import type { SourceDependencies } from './source-dependencies.ts';
import type { SourceDto } from './read-sources.ts';

/** Sources but for their syncs. */
export function sourceHandlers(deps: SourceDependencies): readonly Handler[] {
  const read = (scope: Scope, sourceId: string): Promise<SourceDto> => readSource(deps.db, scope, sourceId, deps.now());
  return [
    handler(routes.sources.list, async ({ scope }) => ({ items: [...(await listSources(deps.db, scope, deps.now()))] })),
    handler(routes.sources.get, ({ scope, params }) => read(scope, params.sourceId)),
    handler(routes.sources.testNew, async ({ body, signal }) => {
      const settings = { baseUrl: body.baseUrl, organisationId: body.organisationId === '' ? 'not-chosen-yet' : body.organisationId };
      return reportDto(await testKey(deps.tryVendor, { kind: body.kind, settings, timeZone: 'UTC', key: body.apiKey }, signal));
    }),
    handler(routes.sources.create, async ({ scope, body, signal }) => read(scope, await createSource(deps, scope, body, signal))),
    handler(routes.sources.change, async ({ scope, params, body, signal }) => {
      await changeSource(deps, scope, params.sourceId, body, signal);
      return read(scope, params.sourceId);
    }),
    handler(routes.sources.remove, async ({ scope, params }) => {
      await removeSource(deps, scope, params.sourceId);
      return undefined;
    }),
    handler(routes.sources.test, async ({ scope, params, signal }) => reportDto(await testSource(deps, scope, params.sourceId, signal))),
  ];
}

function reportDto(report: CapabilityReport) {
  return { ...report, capabilities: [...report.capabilities], organisations: [...report.organisations] };
}
