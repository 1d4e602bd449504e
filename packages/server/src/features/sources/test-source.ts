import { checked, storedSource } from './change-source.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { CapabilityReport } from '@rollcall/connectors/kit';
import type { Scope } from '../../app/scope.ts';
import type { SourceDependencies } from './source-dependencies.ts';

/** Tests the stored key and keeps the report. */
export async function testSource(deps: SourceDependencies, scope: Scope, sourceId: string, signal: AbortSignal): Promise<CapabilityReport> {
  const source = await storedSource(deps.db, scope, sourceId);
  if (source.kind === 'csv') throw new RequestProblem({ code: 'badRequest', title: 'A file has no key', detail: 'This source is a file: there is no key to test.' });
  const vendor = await deps.openVendor({ id: source.id, workspaceId: scope.workspaceId, kind: source.kind, settings: source.settings, timeZone: source.time_zone }, 'interactive', signal);
  const report = await vendor.test();
  await deps.db.updateTable('source').set(checked(report, deps.now())).where('id', '=', sourceId).execute();
  return report;
}
