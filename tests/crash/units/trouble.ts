import type { Sandbox } from '@rollcall/sandbox';

/**
 * What goes wrong at the vendor meanwhile. `lost`: a write takes effect and its answer is lost. `cut`: a connection breaks before a write took effect. `rated`: a write is refused for
 * the rate limit. `readOnly`: somebody closes the source in the middle.
 */
export const troubles = ['none', 'lost', 'cut', 'rated', 'readOnly'] as const;
export type Trouble = (typeof troubles)[number];

const writes = ['memberships.remove', 'memberships.add', 'userRoles.revoke', 'userRoles.assign'];

export function addTrouble(sandbox: Sandbox, trouble: Trouble): void {
  switch (trouble) {
    case 'lost':
      for (const skip of [1, 3]) sandbox.faults.add({ operation: writes, skip, effect: { kind: 'dropAfterWrite', how: 'reset' } });
      return;
    case 'cut':
      for (const skip of [0, 3]) sandbox.faults.add({ operation: writes, skip, effect: { kind: 'reset' } });
      return;
    case 'rated':
      sandbox.faults.add({ operation: writes, skip: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '12' } } });
      break;
    case 'none':
    case 'readOnly':
      break;
  }
}
