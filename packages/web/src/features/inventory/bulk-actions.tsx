import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { formatNumber } from '../../i18n/index.ts';
import { BulkBar, Button, Menu, selectionCount } from '../../ui/index.ts';
import type { GridSelection } from '../../ui/index.ts';
import { actionNames, actionVerbWords } from '../../words/actions.ts';
import type { ActionVerb } from '../../words/actions.ts';
import type { ActionSubject } from './action-dialog.tsx';
import type { ResourceColumn } from './use-inventory.ts';

const ActionDialog = lazy(() => import('./action-dialog.tsx').then(({ ActionDialog: component }) => ({ default: component })));
const main: readonly ActionVerb[] = ['remove-app-access', 'suspend-access'];

export interface BulkActionsProps {
  readonly selection: GridSelection;
  readonly total: number | null;
  readonly q: string;
  readonly period: string;
  readonly resources: readonly ResourceColumn[];
  readonly sourceName: string | null;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected people. Everything here ends in a plan, never in a change. */
export function BulkActions({ selection, total, q, period, resources, sourceName, onSelectAll, onClear }: BulkActionsProps): ReactNode {
  const { t, i18n } = useLingui();
  const [verb, setVerb] = useState<ActionVerb | null>(null);
  const count = selectionCount(selection, total) ?? 0;
  const all = formatNumber(i18n.locale, total ?? 0);
  const subject: ActionSubject =
    selection.mode === 'some'
      ? { kind: 'accounts', accountIds: [...selection.ids].map(Number), period }
      : { kind: 'query', q, period, except: [...selection.except].map(Number) };
  const others = actionVerbWords.filter((one) => !main.includes(one));
  return (
    <>
      <BulkBar
        onClear={onClear}
        summary={
          <>
            {selection.mode === 'allMatching' && selection.except.size === 0 ? <Trans>All {all} matching selected</Trans> : <Plural value={count} one="# person selected" other="# people selected" />}
            {sourceName !== null && <span className="rc-small rc-subtle"> · {sourceName}</span>}
          </>
        }
      >
        {selection.mode === 'some' && total !== null && total > count && <Button appearance="link" onPress={onSelectAll}>{t`Select all ${all} matching`}</Button>}
        {main.map((one) => (
          <Button key={one} appearance={one === 'remove-app-access' ? 'primary' : 'default'} onPress={() => setVerb(one)}>{`${i18n._(actionNames[one])}…`}</Button>
        ))}
        <Menu
          label={t`More actions`}
          trigger={<Button iconAfter={<ChevronDown aria-hidden />}>{t`More actions`}</Button>}
          groups={[{ id: 'actions', items: others.map((one) => ({ id: one, label: `${i18n._(actionNames[one])}…`, isDanger: one === 'remove-from-organisation' })) }]}
          onAction={(id) => setVerb(actionVerbWords.find((one) => one === id) ?? null)}
        />
      </BulkBar>
      {verb !== null && (
        <Suspense>
          <ActionDialog verb={verb} subject={subject} people={count} resources={resources} onClose={() => setVerb(null)} />
        </Suspense>
      )}
    </>
  );
}
