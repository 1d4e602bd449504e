import { useEffect } from 'react';
import { useLingui } from '@lingui/react/macro';
import { onLateOutcome } from '../../api/index.ts';
import { showFlag } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';

/** Says in the corner what became of a write whose screen was left meanwhile. Stands once, in the shell. */
export function useLateOutcomes(): void {
  const { t } = useLingui();
  const problemOf = useProblem();
  useEffect(
    () =>
      onLateOutcome(({ error, screen }) => {
        if (error === null) return showFlag({ tone: 'success', title: t`What you began there is done`, description: screen });
        const { title, detail } = problemOf(error);
        showFlag({ tone: 'error', title, description: `${detail} (${screen})` });
      }),
    [t, problemOf],
  );
}
