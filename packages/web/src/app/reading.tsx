import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, SectionMessage, Skeleton, Stack } from '../ui/index.ts';
import { useProblem } from '../words/problems.ts';

export interface ReadingProps<Answer> {
  readonly of: UseQueryResult<Answer>;
  /** Shown until the first answer; default: a few grey lines. */
  readonly placeholder?: ReactNode;
  readonly children: (answer: Answer) => ReactNode;
}

/** What was read; before that its shape, and the reason with a way to try again when it could not be read. */
export function Reading<Answer>({ of: { data, error, refetch, isFetching }, placeholder, children }: ReadingProps<Answer>): ReactNode {
  const { t } = useLingui();
  const problemOf = useProblem();
  if (data !== undefined) return children(data);
  if (error !== null) {
    const { title, detail } = problemOf(error);
    return (
      <SectionMessage tone="error" isAnnounced title={title} actions={<Button appearance="link" isPending={isFetching} onPress={() => void refetch()}>{t`Try again`}</Button>}>
        {detail}
      </SectionMessage>
    );
  }
  return (
    <div role="status" aria-label={t`Loading`}>
      {placeholder ?? (
        <Stack gap={12}>
          <Skeleton width="40%" height={20} />
          <Skeleton height={48} />
          <Skeleton height={48} />
          <Skeleton width="70%" height={48} />
        </Stack>
      )}
    </div>
  );
}
