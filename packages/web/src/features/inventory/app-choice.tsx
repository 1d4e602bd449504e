import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Checkbox, Stack } from '../../ui/index.ts';
import type { ActionVerb } from '../../words/actions.ts';
import type { ResourceColumn } from './use-inventory.ts';

export interface AppChoiceProps {
  readonly verb: ActionVerb;
  readonly resources: readonly ResourceColumn[];
  readonly value: readonly number[];
  readonly onChange: (ids: readonly number[]) => void;
  /** The choice is what the query names. */
  readonly isAsMatched: boolean;
}

/** The apps, each on its site. */
export function AppChoice({ verb, resources, value, onChange, isAsMatched }: AppChoiceProps): ReactNode {
  const { t } = useLingui();
  const toggle = (id: number, isChosen: boolean): void => onChange(isChosen ? [...value, id] : value.filter((one) => one !== id));
  return (
    <Stack gap={4}>
      <span className="rc-strong">{verb === 'grant-app-access' ? t`Which apps do they get?` : t`Which apps do they lose?`}</span>
      <div className="inv-choices" role="group" aria-label={t`Apps`}>
        {resources.map(({ resourceId, title, site }) => (
          <Checkbox key={resourceId} isSelected={value.includes(resourceId)} onChange={(isChosen) => toggle(resourceId, isChosen)}>
            {title} <span className="rc-subtle">{site}</span>
          </Checkbox>
        ))}
      </div>
      {isAsMatched && <span className="rc-small rc-subtle"><Trans>As in the query: only the accesses that matched it are taken.</Trans></span>}
      {verb === 'remove-app-access' && !isAsMatched && value.length > 0 && <span className="rc-small rc-subtle"><Trans>Every way in which they come by these apps is taken, whether they use them or not.</Trans></span>}
    </Stack>
  );
}
