import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { DateRangePicker, SearchField, Select, Toolbar } from '../../ui/index.ts';
import { actionNames, actionVerbWords } from '../../words/actions.ts';
import { runResults } from './run-search.ts';
import type { RunResult, RunsSearch } from './run-search.ts';

const any = 'any';

export interface RunFiltersProps {
  readonly search: RunsSearch;
  readonly onChange: (search: RunsSearch) => void;
}

/** Filters of the run logs: action, result, who, when. The source is the one chosen above. */
export function RunFilters({ search, onChange }: RunFiltersProps): ReactNode {
  const { t, i18n } = useLingui();
  const [who, setWho] = useState(search.requestedBy ?? '');
  const resultNames: Readonly<Record<RunResult, string>> = { open: t`Under way`, clean: t`Without failures`, withFailures: t`With failures`, uncertain: t`With uncertain rows`, cancelled: t`Cancelled` };
    const change = (part: RunsSearch): void => onChange(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined)));
  return (
    <Toolbar label={t`Filters`}>
      <Select label={t`Action`} isLabelHidden options={[{ id: any, label: t`All actions` }, ...actionVerbWords.map((id) => ({ id, label: i18n._(actionNames[id]) }))]} value={search.action ?? any} onChange={(id) => change({ action: actionVerbWords.find((one) => one === id) })} />
      <Select label={t`Result`} isLabelHidden options={[{ id: any, label: t`All results` }, ...runResults.map((id) => ({ id, label: resultNames[id] }))]} value={search.result ?? any} onChange={(id) => change({ result: runResults.find((one) => one === id) })} />
      <SearchField label={t`Who started it`} value={who} onChange={setWho} onSubmit={(text) => change({ requestedBy: text.trim() === '' ? undefined : text.trim() })} onClear={() => change({ requestedBy: undefined })} />
      <DateRangePicker label={t`When`} isLabelHidden value={search.from === undefined || search.to === undefined ? null : { start: search.from, end: search.to }} onChange={(range) => change({ from: range?.start, to: range?.end })} />
    </Toolbar>
  );
}
