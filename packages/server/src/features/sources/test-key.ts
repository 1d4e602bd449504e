import { RequestProblem } from '../../app/problem.ts';
import type { CapabilityReport } from '@rollcall/connectors/kit';
import type { TryVendor } from '../vendor/index.ts';
import { ZodError } from 'zod';

export interface KeyToTest {
  readonly kind: 'atlassian-org';
  readonly settings: object;
  readonly timeZone: string;
  readonly key: string;
}

/** Tries a key that is not stored. Throws `badRequest` for settings that cannot be meant. */
export async function testKey(tryVendor: TryVendor, { kind, settings, timeZone, key }: KeyToTest, signal: AbortSignal): Promise<CapabilityReport> {
  try {
    return await tryVendor({ kind, settings, timeZone }, key, 'interactive', signal).test();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const fields = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    throw new RequestProblem({ code: 'badRequest', title: 'Cannot be used', detail: 'These settings cannot be used: look at the fields that are named.', fields }, { cause: error });
  }
}

/** The same, throwing `keyRefused` with the report when nothing can be read with the key. */
export async function assertUsable(tryVendor: TryVendor, key: KeyToTest, signal: AbortSignal): Promise<CapabilityReport> {
  const report = await testKey(tryVendor, key, signal);
  if (report.usable) return report;
  const first = report.capabilities.find((one) => one.state === 'no');
  const why = first === undefined ? '' : ` ${[first.message, first.remedy].filter((text) => text !== null).join(' ')}`;
  throw new RequestProblem({ code: 'keyRefused', title: 'The key cannot be used', detail: `With this API key the organisation cannot be read. Nothing was saved.${why}`, data: { report } });
}
