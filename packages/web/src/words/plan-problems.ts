import { useLingui } from '@lingui/react/macro';

/** Why a plan could not be built and what to do, in the reader's language; the server's own sentence for a code that this version does not know. */
export function usePlanProblem(): (problem: { readonly code: string; readonly text: string }) => string {
  const { t } = useLingui();
  return ({ code, text }) => {
    const sentences: Readonly<Record<string, () => string>> = {
      diskFull: () => t`The disk of the database is full; nothing was changed. Free some space, then make the plan again.`,
      databaseBusy: () => t`The database stopped, restarted or was too busy while the plan was built; nothing was changed. Make the plan again.`,
      tooLong: () => t`The database did not finish the plan in the time it is given; nothing was changed. Narrow the query, or make the plan again when less is going on.`,
      badQuery: () => t`The query of this plan cannot be read any more by this version. Write it anew in the inventory, then make the plan again.`,
      failed: () => t`Something went wrong in Rollcall itself; nothing was changed. Make the plan again. If it fails again, the log of the server says why under the id of the plan; please report it.`,
    };
    return sentences[code]?.() ?? text;
  };
}
