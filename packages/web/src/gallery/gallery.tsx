import { useState } from 'react';
import type { ReactNode } from 'react';
import { Download, MoreHorizontal, Plus, RefreshCw, Settings, Trash2, Users } from 'lucide-react';
import * as Ui from '../ui/index.ts';
import { FieldsDemo } from './fields-demo.tsx';
import { GridDemo } from './grid-demo.tsx';
import './gallery.css';

const { Button, Card, Stack, Inline } = Ui;

/** Every component in its states, for the axe test and for looking at. Plain English: it is never shipped. */
export function Gallery(): ReactNode {
  const total = Number(new URLSearchParams(location.search).get('rows') ?? '1000000');
  return (
    <main className="gallery">
      <Ui.Page
        title="Inventory"
        breadcrumbs={
          <Ui.Breadcrumbs>
            <Ui.Link to="/">Sources</Ui.Link>
            <Ui.Link to="/">Acme</Ui.Link>
          </Ui.Breadcrumbs>
        }
        titleAfter={<Ui.Lozenge appearance="new">New</Ui.Lozenge>}
        description="Every account, and who really uses which app. Dates are in UTC."
        actions={<HeaderActions />}
      >
        <Ui.Columns>
          <Card>
            <Ui.Metric label="Accounts" value="5,012" note="412 seen for the first time this month" />
          </Card>
          <Card>
            <Ui.Metric label="Inactive in Jira" value="412" note="8.2 %" />
          </Card>
          <Card title="Sync" actions={<Button spacing="compact" iconBefore={<RefreshCw aria-hidden />}>Sync now</Button>}>
            <Ui.ProgressBar label="Reading users" value={62} valueText="3,120 of 5,012" />
          </Card>
        </Ui.Columns>
        <div className="gallery-grid">
          <GridDemo total={total} canSeek={!location.search.includes('walk')} />
        </div>
        <Buttons />
        <FieldsDemo />
        <Messages />
        <Data />
        <Overlays />
      </Ui.Page>
      <Ui.FlagRegion />
    </main>
  );
}

function HeaderActions(): ReactNode {
  return (
    <>
      <Ui.Menu
        label="Export"
        trigger={<Button iconBefore={<Download aria-hidden />}>Export</Button>}
        groups={[{ id: 'formats', heading: 'Format', items: [{ id: 'csv', label: 'CSV', isSelected: true }, { id: 'xlsx', label: 'XLSX' }] }, { id: 'more', items: [{ id: 'delete', label: 'Delete', icon: <Trash2 aria-hidden />, isDanger: true }] }]}
        onAction={() => undefined}
      />
      <Button>Run logs</Button>
      <Button appearance="primary" iconBefore={<Plus aria-hidden />}>New plan</Button>
    </>
  );
}

function Buttons(): ReactNode {
  return (
    <Card title="Actions">
      <Inline>
        <Button appearance="primary">Primary</Button>
        <Button>Default</Button>
        <Button appearance="subtle">Subtle</Button>
        <Button appearance="danger">Danger</Button>
        <Button appearance="warning">Warning</Button>
        <Button appearance="link">Link</Button>
        <Button appearance="primary" isPending>Saving</Button>
        <Button isDisabled>Disabled</Button>
        <Button isSelected>Selected</Button>
        <Button spacing="compact">Compact</Button>
        <Ui.IconButton label="Settings" icon={<Settings aria-hidden />} />
        <Ui.IconButton label="More" appearance="default" icon={<MoreHorizontal aria-hidden />} />
        <Ui.LinkButton to="/" appearance="default">Link button</Ui.LinkButton>
        <Ui.ExternalLinkText href="https://example.com/">Atlassian administration</Ui.ExternalLinkText>
        <Ui.Spinner label="Loading the gallery" />
      </Inline>
    </Card>
  );
}

function Messages(): ReactNode {
  return (
    <Stack gap={12}>
      <Ui.Banner action={<Button appearance="link">Resume</Button>}>Everything is paused: no run and no schedule makes a change.</Ui.Banner>
      <Ui.SectionMessage title="3,412 accounts have been inactive for 3 months" actions={<Ui.Link to="/">Look at them</Ui.Link>}>Suspending them would save about $10,100 a month.</Ui.SectionMessage>
      <Ui.SectionMessage tone="warning" title="The key expires in 12 days">Make another one in Atlassian administration and enter it here.</Ui.SectionMessage>
      <Ui.SectionMessage tone="error" title="The key was refused">Atlassian says: Unauthorized.</Ui.SectionMessage>
      <Ui.SectionMessage tone="success" title="Verified">All 412 people no longer have access.</Ui.SectionMessage>
      <Inline>
        <Ui.Lozenge>Default</Ui.Lozenge>
        <Ui.Lozenge appearance="success">Success</Ui.Lozenge>
        <Ui.Lozenge appearance="inprogress">In progress</Ui.Lozenge>
        <Ui.Lozenge appearance="moved">Moved</Ui.Lozenge>
        <Ui.Lozenge appearance="removed">Removed</Ui.Lozenge>
        <Ui.Lozenge appearance="new">New</Ui.Lozenge>
        <Ui.Lozenge appearance="outline">Unknown</Ui.Lozenge>
        <Ui.Badge value={12} />
        <Ui.Badge value={1200} max={99} appearance="primary" />
        <Ui.Badge value={3} appearance="important" />
        <Ui.FilterChip name="App" value="Jira" onRemove={() => undefined} />
        <Ui.FilterChip name="Site" value="acme" />
      </Inline>
      <Ui.Columns>
        <Ui.ProgressBar label="Counting" value={null} valueText="" />
        <Ui.ProgressBar label="Applied" value={100} tone="success" />
      </Ui.Columns>
      <Ui.Stepper label="New plan" steps={['Select', 'Action', 'Review', 'Apply']} current={1} />
      <Ui.Skeleton width="60%" />
    </Stack>
  );
}

function Data(): ReactNode {
  const [tab, setTab] = useState('facts');
  const rows = [
    { id: '1', when: '2026-11-22', what: 'Remove app access', count: 412 },
    { id: '2', when: '2026-10-22', what: 'Suspend access', count: 17 },
  ];
  return (
    <Ui.Columns minWidth={360}>
      <Card title="Run logs" actions={<Ui.Pagination summary="1–2 of 2" onPrevious={null} onNext={() => undefined} />}>
        <Ui.Table
          label="Run logs"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { id: 'when', header: 'When', cell: (row) => row.when },
            { id: 'what', header: 'Action', isRowHeader: true, cell: (row) => <Ui.Link to="/">{row.what}</Ui.Link> },
            { id: 'count', header: 'People', align: 'end', cell: (row) => row.count },
          ]}
        />
      </Card>
      <Card title="Account">
        <Ui.Tabs
          label="Account"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'facts', label: 'Facts', content: <Ui.DescriptionList facts={[{ label: 'Name', value: '山田太郎' }, { label: 'Status', value: <Ui.Lozenge appearance="success">Active</Ui.Lozenge> }, { label: 'Last active', value: '2026-08-01' }]} /> },
            { id: 'groups', label: 'Groups', badge: <Ui.Badge value={4} />, content: <Ui.CodeBlock label="Command" code="rollcall inactive export.csv --app jira --inactive-for 90d" /> },
            { id: 'empty', label: 'History', content: <Ui.EmptyState title="Nothing happened yet" icon={<Users aria-hidden />}>Runs show up here.</Ui.EmptyState> },
          ]}
        />
      </Card>
    </Ui.Columns>
  );
}

function Overlays(): ReactNode {
  const [open, setOpen] = useState<'dialog' | 'drawer' | 'danger' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Inline>
      <Button onPress={() => setOpen('dialog')}>Open dialog</Button>
      <Button onPress={() => setOpen('danger')}>Open danger dialog</Button>
      <Button onPress={() => setOpen('drawer')}>Open drawer</Button>
      <Ui.Popover label="Why" trigger={<Button>Open popover</Button>}>Chosen because: not active in Jira since 2026-08-01.</Ui.Popover>
      <Button onPress={() => Ui.showFlag({ tone: 'success', title: 'Plan made', description: '412 people, 3 held for a look.' })}>Show flag</Button>
      <Ui.Dialog isOpen={open === 'dialog'} onClose={close} title="Plan preview" footer={<><Button appearance="subtle" onPress={close}>Cancel</Button><Button appearance="primary" onPress={close}>Apply</Button></>}>
        412 people lose Jira on acme.
      </Ui.Dialog>
      <Ui.Dialog isOpen={open === 'danger'} onClose={close} tone="danger" title="Remove access from 412 people?" width="small" footer={<><Button appearance="subtle" onPress={close}>Cancel</Button><Button appearance="danger" onPress={close}>Remove</Button></>}>
        <Ui.TextField label="Type 412 to confirm" />
      </Ui.Dialog>
      <Ui.Drawer isOpen={open === 'drawer'} onClose={close} title="山田太郎" footer={<Button onPress={close}>Done</Button>}>
        <Ui.DescriptionList facts={[{ label: 'Last active', value: '2026-08-01' }, { label: 'Source', value: 'Acme' }]} />
      </Ui.Drawer>
    </Inline>
  );
}
