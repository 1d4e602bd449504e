import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { run } from '@rollcall/contract';
import type { z } from 'zod';

type Halt = z.output<typeof run>['halt'];

/** What the people who failed have in common, and what to do about it. */
const kinds: Readonly<Record<string, MessageDescriptor>> = {
  transient: msg`Atlassian does not answer properly: look at status.atlassian.com and at the network.`,
  forbidden: msg`Atlassian refuses this to the API key: its owner must be an organisation administrator. Test the key in Sources.`,
  rejected: msg`Atlassian refuses the change: its own words stand in the rows.`,
  quota: msg`A licence limit is in the way: free seats or buy some.`,
  unsupported: msg`Atlassian does not offer this for the organisation.`,
  bug: msg`Atlassian calls our requests malformed: please report it with the rows.`,
  notVerified: msg`Atlassian accepted changes that a re-read does not show: look at one of the people at admin.atlassian.com.`,
  cannotRecheck: msg`Atlassian does not say what these people hold now: test the key in Sources.`,
  cannotVerify: msg`Changes were accepted, but Atlassian could not be asked whether they are so: re-check the rows.`,
  answerLost: msg`Answers were lost, and Atlassian could not be asked what became of the changes: look at the network, then re-check the rows.`,
  mixed: msg`They failed in several ways: look at the rows.`,
};

/** Why the circuit breaker stopped a run or makes it wait, and what to do; null while it does neither. The server's own sentence for what this version does not know. */
export function useBreakerWords(): (halt: Halt) => string | null {
  const { t, i18n } = useLingui();
  return (halt) => {
    if (halt === null) return null;
    const kind = halt.data?.['kind'];
    const remedy = typeof kind === 'string' ? kinds[kind] : undefined;
    const [failures, of] = [Number(halt.data?.['failures'] ?? 0), Number(halt.data?.['of'] ?? 0)];
    if (remedy === undefined) return halt.text;
    const what = i18n._(remedy);
    if (halt.code === 'breaker') return t`Stopped by itself: ${failures} of the last ${of} people failed. ${what} Then resume or cancel the run.`;
    return halt.code === 'breakerWaits' ? t`${failures} of the last ${of} people could not be worked on. ${what} Nobody has failed for it; the run goes on by itself.` : halt.text;
  };
}
