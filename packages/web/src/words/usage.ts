import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Usage } from '@rollcall/core';

/** The classes of the inventory in the reader's language. */
export const usageNames: Readonly<Record<Usage, MessageDescriptor>> = {
  active: msg`Active`,
  lowUsage: msg`Low usage`,
  inactive: msg`Inactive`,
  never: msg`Never accessed`,
  unknown: msg`Unknown`,
  none: msg`No access`,
};
