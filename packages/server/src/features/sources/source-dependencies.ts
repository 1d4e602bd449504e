import type { Secrets } from '../secrets/index.ts';
import type { SyncRequestDependencies } from '../sync/index.ts';
import type { OpenVendor, TryVendor } from '../vendor/index.ts';

export interface SourceDependencies extends SyncRequestDependencies {
  readonly secrets: Secrets;
  readonly openVendor: OpenVendor;
  readonly tryVendor: TryVendor;
}
