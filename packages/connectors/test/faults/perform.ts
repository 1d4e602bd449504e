import tls from 'node:tls';
import { createPipeline, memoryBudgets, VendorError } from '@rollcall/connectors/kit';
import type { CapabilityReport } from '@rollcall/connectors/kit';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';
import { settingsOf } from '../atlassian-org/support.ts';
import { closedAddress } from '../kit/loopback.ts';
import type { NamedFault } from './faults.ts';
import { castOf, EndlessReading } from './operations.ts';
import type { Cast, Context, Operation } from './operations.ts';

/** What came of an operation: in one word, with the vendor's or our own words when it was an error, and with what the journal says. */
export interface Outcome {
  readonly word: string;
  readonly message: string;
  /** Changes that our key made, and how many of them were to somebody else. */
  readonly effects: number;
  readonly strangers: number;
  /** Milliseconds of the pipeline's own clock that were slept. */
  readonly waited: number;
}

function contextOf(sandbox: Sandbox, baseUrl: string, slow: boolean): { context: Context; waited: () => number } {
  let skipped = 0;
  const now = (): Date => new Date(Date.now() + skipped);
  const settings = { ...settingsOf(sandbox), baseUrl };
  const request = createPipeline({
    baseUrl, secret: sandbox.keys.full, budgets: memoryBudgets(now), lane: 'sync', limits: {}, now, signal: new AbortController().signal, log: () => undefined,
    sleep: (milliseconds) => {
      skipped += milliseconds;
      return Promise.resolve();
    },
    random: () => 0.5,
    timeoutMs: slow ? 400 : 10_000,
    wholeAnswerMs: slow ? 800 : 20_000,
    longestBodyBytes: 1_000_000,
  });
  return { context: { settings, request, now, timeZone: 'UTC', report: () => undefined }, waited: () => skipped };
}

/** The same world each time: the seed and the moment are fixed. */
const world = { users: 130, seed: 3, now: '2026-11-22T12:00:00Z', rateLimits: { lastActiveDates: null } } as const;

async function addressOf(fault: NamedFault, sandbox: Sandbox): Promise<string> {
  // A label has at most 63 letters: this name is not found by any resolver, and without asking one.
  if (fault.address === 'unknownName') return `https://${'a'.repeat(64)}.invalid`;
  return fault.address === 'nobodyListens' ? closedAddress() : sandbox.url;
}

/** Does one operation in a fresh world in which this fault strikes it. `fault` null: nothing goes wrong, and the result itself is the word. */
export async function perform(operation: Operation, fault: NamedFault | null, unharmed: string | null): Promise<Outcome> {
  const sandbox = await startSandbox({ ...world, ...fault?.sandbox });
  const before = tls.getCACertificates();
  try {
    const cast = castOf(sandbox);
    if (operation.name === 'apply restoreAccess' || operation.name === 'verify suspendAccess') sandbox.mutate({ kind: 'suspend', accountId: cast.account.accountId });
    for (const armed of fault?.arm?.(sandbox) ?? []) sandbox.faults.add({ ...armed, operation: operation.strikes });
    if (fault?.trusted === true) tls.setDefaultCACertificates([...before, sandbox.certificate ?? '']);
    const { context, waited } = contextOf(sandbox, fault === null ? sandbox.url : await addressOf(fault, sandbox), fault?.slow === true);
    const { word, message } = await wordOf(operation, context, cast, unharmed);
    const effects = sandbox.journal.effects({ actor: 'full' });
    return { word, message, effects: effects.length, strangers: effects.filter((one) => one.accountId !== cast.account.accountId).length, waited: waited() };
  } finally {
    if (fault?.trusted === true) tls.setDefaultCACertificates(before);
    await sandbox.close();
  }
}

async function wordOf(operation: Operation, context: Context, cast: Cast, unharmed: string | null): Promise<{ word: string; message: string }> {
  try {
    const result = await operation.perform(context, cast);
    const text = JSON.stringify(result);
    if (unharmed === null) return { word: text, message: '' };
    return { word: text === unharmed ? 'unharmed' : changed(operation, result, unharmed), message: '' };
  } catch (error) {
    if (error instanceof EndlessReading) return { word: 'endless', message: error.message };
    if (!(error instanceof VendorError)) throw error;
    const { kind, surelyWithoutEffect, message } = error.facts;
    return { word: surelyWithoutEffect ? kind : `${kind}, unclear`, message };
  }
}

/** How a result differs from what it would have been. */
function changed(operation: Operation, result: unknown, unharmed: string): string {
  switch (operation.class) {
    case 'read': {
      const whole = new Set(JSON.parse(unharmed) as string[]);
      const read = result as string[];
      if (read.length === 0) return 'nothing';
      return read.every((record) => whole.has(record)) ? 'short' : read.length <= whole.size ? 'other form' : 'told';
    }
    case 'test': {
      const { capabilities } = result as CapabilityReport;
      return `says ${capabilities.find((one) => one.state === 'no' || one.state === 'limited')?.code ?? 'other'}`;
    }
    case 'observe': {
      const lacking = Object.entries(result as object).filter(([, value]) => value === null).map(([name]) => name);
      if (lacking.includes('status')) return 'gone';
      if (lacking.length > 0) return `unknown ${lacking.join(' ')}`;
      return JSON.stringify(result).includes('atlassian/org-admin') ? 'administrator' : 'told';
    }
    case 'verify':
    case 'write':
      return String(result);
  }
}
