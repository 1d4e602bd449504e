import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

const halts: Readonly<Record<string, MessageDescriptor>> = {
  byHand: msg`Paused by hand. It goes on when somebody resumes it.`,
  everythingPaused: msg`Everything is paused. It goes on when the pause of everything ends.`,
  pilotDone: msg`The pilot is done. Look at its rows, then go on with the rest or cancel.`,
  tooManyFailures: msg`Stopped by the circuit breaker: too many rows in a row failed. Look at the failures before going on.`,
  keyRefused: msg`The vendor refuses the key. Give the source a new one, then resume.`,
  readOnlySource: msg`The source was set to read-only or removed while the run went on. Open it for changes, then resume.`,
  restored: msg`The database was restored from a backup taken while this run was open. Sync the source, check what was done since, then resume or cancel.`,
};

/** Why a run stands still, and what to do; null for a reason this version does not know. */
export function useHaltWords(): (reason: string) => string | null {
  const { i18n } = useLingui();
  return (reason) => {
    const words = halts[reason];
    return words === undefined ? null : i18n._(words);
  };
}
