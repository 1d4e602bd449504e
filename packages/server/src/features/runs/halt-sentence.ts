import { z } from 'zod';

/** What stands in run.halt. */
const storedHalt = z.object({ kind: z.string(), failures: z.number(), of: z.number(), until: z.string().nullable().default(null) });

const remedies: Readonly<Record<string, string>> = {
  transient: 'Atlassian does not answer properly: look at status.atlassian.com and at the network',
  forbidden: 'Atlassian refuses this to the API key: its owner must be an organisation administrator. Test the key in Sources',
  rejected: "Atlassian refuses the change: its own words stand in the rows",
  quota: 'A licence limit is in the way: free seats or buy some',
  unsupported: 'Atlassian does not offer this for the organisation',
  bug: 'Atlassian calls our requests malformed: please report it with the rows',
  notVerified: 'Atlassian accepted changes that a re-read does not show: look at one of the people at admin.atlassian.com',
  cannotRecheck: 'Atlassian does not say what these people hold now: test the key in Sources',
  cannotVerify: 'Changes were accepted, but Atlassian could not be asked whether they are so: re-check the rows',
  answerLost: 'Answers were lost, and Atlassian could not be asked what became of the changes: look at the network, then re-check the rows',
  mixed: 'They failed in several ways: look at the rows',
};

/** Why the circuit breaker holds a run and what to do, for the API and the CLI; screens translate the code. `waits`: its time is not over. Null while nothing holds it. */
export function haltSentence(stored: object | null, waits: boolean): { code: string; text: string; data: Record<string, unknown> } | null {
  if (stored === null) return null;
  const { kind, failures, of, until } = storedHalt.parse(stored);
  const remedy = remedies[kind] ?? 'Look at the rows';
  if (until === null) return { code: 'breaker', text: `Stopped by itself: ${failures} of the last ${of} people failed (${kind}). ${remedy}; then resume or cancel the run.`, data: { kind, failures, of } };
  if (!waits) return null;
  return { code: 'breakerWaits', text: `${failures} of the last ${of} people could not be worked on. ${remedy}. Nobody has failed for it; the run goes on by itself.`, data: { kind, failures, of, until } };
}
