import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { LozengeAppearance } from '../ui/index.ts';

export const planStateNames = {
  building: msg`Being built`,
  ready: msg`Ready`,
  refused: msg`Refused`,
  applied: msg`Applied`,
  expired: msg`Expired`,
  discarded: msg`Discarded`,
  failed: msg`Failed`,
} as const satisfies Readonly<Record<string, MessageDescriptor>>;
export const planStateTones: Readonly<Record<keyof typeof planStateNames, LozengeAppearance>> = {
  building: 'inprogress', ready: 'new', refused: 'removed', applied: 'success', expired: 'default', discarded: 'default', failed: 'removed',
};

export const planStates = ['building', 'ready', 'refused', 'applied', 'expired', 'discarded', 'failed'] as const satisfies readonly (keyof typeof planStateNames)[];

export const runStateNames = {
  queued: msg`Queued`,
  running: msg`Running`,
  paused: msg`Paused`,
  cancelling: msg`Being cancelled`,
  done: msg`Done`,
  cancelled: msg`Cancelled`,
  stopped: msg`Stopped`,
} as const satisfies Readonly<Record<string, MessageDescriptor>>;
export const runStateTones: Readonly<Record<keyof typeof runStateNames, LozengeAppearance>> = {
  queued: 'default', running: 'inprogress', paused: 'moved', cancelling: 'moved', done: 'success', cancelled: 'default', stopped: 'removed',
};

export const runItemStateNames = {
  pending: msg`Still to do`,
  intent: msg`Under way`,
  applied: msg`Applied`,
  alreadySo: msg`Was so already`,
  verified: msg`Verified`,
  skipped: msg`Skipped`,
  failed: msg`Failed`,
  uncertain: msg`Uncertain`,
  cancelled: msg`Cancelled`,
} as const satisfies Readonly<Record<string, MessageDescriptor>>;
export const runItemStates = ['pending', 'intent', 'applied', 'alreadySo', 'verified', 'skipped', 'failed', 'uncertain', 'cancelled'] as const satisfies readonly (keyof typeof runItemStateNames)[];
export const runItemStateTones: Readonly<Record<keyof typeof runItemStateNames, LozengeAppearance>> = {
  pending: 'default', intent: 'inprogress', applied: 'inprogress', alreadySo: 'success', verified: 'success', skipped: 'moved', failed: 'removed', uncertain: 'outline', cancelled: 'default',
};
