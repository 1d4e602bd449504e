import { useState } from 'react';
import type { ReactNode } from 'react';
import * as Ui from '../ui/index.ts';

const apps = ['Jira', 'Jira Service Management', 'Confluence', 'Bitbucket', 'Loom', 'Trello'].map((label) => ({ id: label.toLowerCase(), label }));

export function FieldsDemo(): ReactNode {
  const [app, setApp] = useState<string | null>('jira');
  const [several, setSeveral] = useState<readonly string[]>(['jira', 'confluence']);
  const [combo, setCombo] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>('2026-03-01');
  const [range, setRange] = useState<Ui.CivilDateRange | null>({ start: '2026-01-01', end: '2026-03-05' });
  const [period, setPeriod] = useState('3');
  return (
    <Ui.Card title="Fields">
      <Ui.Toolbar label="Filters" end={<Ui.Button>Columns</Ui.Button>}>
        <Ui.SearchField label="Search name or email" />
        <Ui.Select label="App" isLabelHidden options={apps} value={app} onChange={setApp} />
        <Ui.MultiSelect label="Apps" isLabelHidden placeholder="All apps" options={apps} value={several} onChange={setSeveral} />
        <Ui.Checkbox>Managed only</Ui.Checkbox>
      </Ui.Toolbar>
      <Ui.Columns>
        <Ui.TextField label="Name" isRequired description="Shown in lists" placeholder="Acme" />
        <Ui.TextField label="Organisation" defaultValue="acme!" errorMessage="Letters and digits only." />
        <Ui.TextField label="Disabled" isDisabled defaultValue="Not now" />
        <Ui.PasswordField label="API key" isRequired autoComplete="off" defaultValue="secret" />
        <Ui.NumberField label="Inactive for more than" unit="days" defaultValue={90} minValue={1} />
        <Ui.ComboBox label="Group" options={apps} value={combo} onChange={setCombo} placeholder="Find a group" />
        <Ui.DatePicker label="Key expires" value={day} onChange={setDay} />
        <Ui.DateRangePicker label="Period" value={range} onChange={setRange} />
        <Ui.MultiSelect label="Sites" placeholder="All sites" options={apps} value={[]} onChange={() => undefined} description="Several can be chosen" />
        <Ui.TextArea label="Reason" description="Kept in the audit trail" />
        <Ui.RadioGroup label="When" value={period} onChange={setPeriod} options={[{ id: '3', label: 'Last 3 months', description: '2026-09-01 – 2026-11-22' }, { id: '6', label: 'Last 6 months' }]} />
        <Ui.Stack>
          <Ui.Checkbox defaultSelected description="Also those never seen">Include never accessed</Ui.Checkbox>
          <Ui.Checkbox isIndeterminate>Some</Ui.Checkbox>
          <Ui.Switch defaultSelected description="In force at once">Sync every night</Ui.Switch>
          <Ui.Switch>Read-only mode</Ui.Switch>
        </Ui.Stack>
      </Ui.Columns>
      <Ui.FileDrop label="Upload an export" accept={['.csv']} onFiles={() => undefined}>
        CSV from Atlassian administration, any size
      </Ui.FileDrop>
    </Ui.Card>
  );
}
