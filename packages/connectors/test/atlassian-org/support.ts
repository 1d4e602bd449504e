import { createPipeline, memoryBudgets } from '@rollcall/connectors/kit';
import type { Drift, Lane, Page, PipelineLogEntry, SourceRecord } from '@rollcall/connectors/kit';
import { startSandbox } from '@rollcall/sandbox';
import type { KeyName, Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { onTestFinished } from 'vitest';
import { atlassianOrg } from '../../src/atlassian-org/index.ts';

export const settingsOf = (sandbox: Sandbox) => atlassianOrg.settings.parse({ baseUrl: sandbox.url, organisationId: sandbox.orgId, requestsPerMinute: 1_000_000 });

/** A sandbox of its own for one test, closed at its end. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ users: 60, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A context whose pipeline waits for nothing: its clock jumps instead. */
export function contextFor(sandbox: Sandbox, key: KeyName = 'full', lane: Lane = 'sync', organisationId: string = sandbox.orgId) {
  let skipped = 0;
  const now = (): Date => new Date(Date.now() + skipped);
  const logged: PipelineLogEntry[] = [];
  const drifts: Drift[] = [];
  const settings = { ...settingsOf(sandbox), organisationId };
  const request = createPipeline({
    baseUrl: settings.baseUrl,
    secret: sandbox.keys[key],
    budgets: memoryBudgets(now),
    lane,
    limits: {},
    now,
    sleep: (milliseconds) => {
      skipped += milliseconds;
      return Promise.resolve();
    },
    signal: new AbortController().signal,
    log: (entry) => logged.push(entry),
    timeoutMs: 2000,
  });
  return { context: { settings, request, now, timeZone: 'UTC', report: (drift: Drift) => drifts.push(drift) }, logged, drifts };
}

type Context = ReturnType<typeof contextFor>['context'];

export async function pagesOf(context: Context, step: string, scope = ''): Promise<Page[]> {
  const pages: Page[] = [];
  let token: string | null = null;
  do {
    const page: Page = await atlassianOrg.read(context, step, scope, token);
    pages.push(page);
    token = page.next;
  } while (token !== null && pages.length < 1000);
  return pages;
}

export async function recordsOf(context: Context, step: string, scope = ''): Promise<SourceRecord[]> {
  return (await pagesOf(context, step, scope)).flatMap((page) => page.records);
}

export function only<Type extends SourceRecord['type']>(records: readonly SourceRecord[], type: Type): Extract<SourceRecord, { type: Type }>[] {
  return records.filter((record): record is Extract<SourceRecord, { type: Type }> => record.type === type);
}
