import { atlassianOrg, atlassianOrgSettings, givesAccess, isAdminRole, takesSeat } from '@rollcall/connectors/atlassian-org';
import { createPipeline } from '@rollcall/connectors/kit';
import type { Budgets, Drift, Lane, PipelineLogEntry, SendRequest } from '@rollcall/connectors/kit';
import type { Log } from '../../app/dependencies.ts';
import type { WorkCounters } from '../../app/work-counters.ts';
import type { Vendor } from './vendor.ts';

export interface BindingDependencies {
  readonly budgets: Budgets;
  readonly now: () => Date;
  readonly log: Log;
  readonly counters?: WorkCounters;
  /** Waits between the tries of a request. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Binding {
  readonly kind: 'atlassian-org' | 'csv';
  readonly settings: object;
  readonly timeZone: string;
  readonly key: string;
  readonly lane: Lane;
  readonly signal: AbortSignal;
  /** Stands in log lines; null for a source that is not stored yet. */
  readonly sourceId: string | null;
}

/**
 * Binds the connector of a source to its key: one pipeline, whose rate budget is the organisation's and is shared by all nodes. Settings that the
 * connector does not accept throw a ZodError.
 */
export function bindVendor(deps: BindingDependencies, binding: Binding): Vendor {
  if (binding.kind !== 'atlassian-org') throw new Error('A file has no vendor to ask: it is read when it is taken.');
  const settings = atlassianOrgSettings.parse(binding.settings);
  const request = createPipeline({
    baseUrl: settings.baseUrl,
    secret: binding.key,
    budgets: deps.budgets,
    lane: binding.lane,
    tenant: settings.organisationId,
    limits: atlassianOrg.rateLimits?.(settings) ?? {},
    now: deps.now,
    sleep: deps.sleep,
    signal: binding.signal,
    log: (entry) => {
      deps.counters?.vendorRequest({ operation: entry.operation, lane: entry.lane, outcome: entry.kind ?? 'ok', milliseconds: entry.milliseconds });
      logRequest(deps.log, binding.sourceId, entry);
    },
  });
  const report = (drift: Drift): void => { deps.log.warn({ sourceId: binding.sourceId, ...drift }, 'The vendor answered otherwise than expected.'); };
  const context = { settings, request, now: deps.now, timeZone: binding.timeZone, report };
  return {
    kind: atlassianOrg.kind,
    steps: () => atlassianOrg.steps(settings),
    read: (step, scope, token) => atlassianOrg.read(context, step, scope, token),
    test: () => atlassianOrg.test(context),
    observe: (accountId) => atlassianOrg.observe(context, accountId),
    apply: (accountId, call, beforeWriting) => atlassianOrg.apply(beforeWriting === undefined ? context : { ...context, request: askingBefore(request, beforeWriting) }, accountId, call),
    look: (accountId) => atlassianOrg.look(context, accountId),
    isAdminRole,
    takesSeat,
    givesAccess,
  };
}

function askingBefore(request: SendRequest, beforeSending: () => Promise<void>): SendRequest {
  return (one) => request(one.write ? { ...one, beforeSending } : one);
}

/** What went well is not worth a line: a sync sends tens of thousands of requests. */
function logRequest(log: Log, sourceId: string | null, entry: PipelineLogEntry): void {
  if (entry.kind === null) return;
  log.warn({ sourceId, ...entry }, entry.retryInMs === null ? 'A request to the vendor failed.' : 'A request to the vendor failed and is sent again.');
}
