import type { ReactNode } from 'react';
import { SectionMessage } from '../ui/index.ts';
import { useProblem } from '../words/problems.ts';

/** Why something was not done, and what to do. Nothing while there is no error. */
export function ProblemMessage({ error }: { readonly error: unknown }): ReactNode {
  const problemOf = useProblem();
  if (error === null || error === undefined) return null;
  const { title, detail } = problemOf(error);
  return (
    <SectionMessage tone="error" title={title} isAnnounced>
      {detail}
    </SectionMessage>
  );
}
