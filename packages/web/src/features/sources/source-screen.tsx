import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FileUp, KeyRound, MoreHorizontal, Pencil, RefreshCw, ShieldCheck, Trash2, Users } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useMe, useRead, useWrite } from '../../api/index.ts';
import { chooseSource } from '../../app/chosen-source.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Reading } from '../../app/reading.tsx';
import { Breadcrumbs, Button, Card, IconButton, Inline, Link, LinkButton, Lozenge, Menu, Page, SectionMessage, Stack } from '../../ui/index.ts';
import type { MenuItem } from '../../ui/index.ts';
import { useHealthSentence } from '../../words/health.ts';
import { EditSourceDialog } from './edit-source-dialog.tsx';
import { HealthLozenge } from './health-lozenge.tsx';
import { HeldReading } from './held-reading.tsx';
import { RemoveSourceDialog } from './remove-source-dialog.tsx';
import { ReplaceKeyDialog } from './replace-key-dialog.tsx';
import { SourceFacts } from './source-facts.tsx';
import { SourceHealthPanel } from './source-health-panel.tsx';
import { SourceApps } from './source-apps.tsx';
import { SyncHistory } from './sync-history.tsx';
import { SyncProgress, isOpen } from './sync-progress.tsx';
import { useSyncEnd } from './use-sync-end.ts';
import { TestCard } from './test-card.tsx';
import type { Source } from './source-draft.ts';
import './sources.css';

const route = getRouteApi('/shell/sources/$sourceId');
type Ask = 'edit' | 'key' | 'remove';

/** One source: how it is, what it holds, its syncs, and everything that can be changed about it. */
export function SourceScreen(): ReactNode {
  const { t } = useLingui();
  const { sourceId } = route.useParams();
  const source = useRead(routes.sources.get, { params: { sourceId } }, { refreshMs: 30_000 });
  const [ask, setAsk] = useState<Ask | null>(null);
  const { data } = source;
  const close = (): void => setAsk(null);
  useSyncEnd(data?.lastSync);
  return (
    <Page
      title={data?.name ?? t`Source`}
      breadcrumbs={
        <Breadcrumbs>
          <Link to="/sources">{t`Sources`}</Link>
        </Breadcrumbs>
      }
      titleAfter={
        data !== undefined && (
          <Inline gap={8}>
            <HealthLozenge health={data.health} />
            {data.readOnly && <Lozenge>{t`Read-only`}</Lozenge>}
          </Inline>
        )
      }
      actions={data !== undefined && <SourceActions source={data} onAsk={setAsk} />}
    >
      <Reading of={source}>{(found) => <SourceBody source={found} onReplaceKey={() => setAsk('key')} />}</Reading>
      {data !== undefined && ask === 'edit' && <EditSourceDialog source={data} onClose={close} />}
      {data !== undefined && ask === 'key' && <ReplaceKeyDialog source={data} onClose={close} />}
      {data !== undefined && ask === 'remove' && <RemoveSourceDialog source={data} onClose={close} />}
    </Page>
  );
}

function SourceActions({ source, onAsk }: { readonly source: Source; readonly onAsk: (ask: Ask) => void }): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayChange = useMay('sources');
  const maySync = useMay('sync');
  const { sites } = useMe();
  const sync = useWrite(routes.sources.sync, [routes.sources.get, routes.sources.list, routes.sources.syncs]);
  const isBusy = source.lastSync !== null && (isOpen(source.lastSync) || source.lastSync.state === 'held');
  const items: readonly MenuItem[] = [
    { id: 'edit', label: t`Edit`, icon: <Pencil aria-hidden /> },
    ...(source.kind === 'csv' ? [] : [{ id: 'key', label: t`Replace the key`, icon: <KeyRound aria-hidden /> }]),
    // A source goes with all its sites.
    ...(sites === null ? [{ id: 'remove', label: t`Remove source`, icon: <Trash2 aria-hidden />, isDanger: true }] : []),
  ];
  const choose = (id: string): void => {
    if (id === 'edit' || id === 'key' || id === 'remove') onAsk(id);
  };
  const act = (): void => {
    chooseSource(source.id);
    void navigate({ to: '/inventory' });
  };
  return (
    <>
      {maySync && source.kind === 'atlassian-org' && (
        <Button iconBefore={<RefreshCw aria-hidden />} isDisabled={isBusy} isPending={sync.isPending} onPress={() => sync.mutate({ params: { sourceId: source.id } })}>{t`Sync now`}</Button>
      )}
      {maySync && source.kind === 'csv' && (
        <LinkButton to="/sources/upload" search={source.attachedTo === null ? { source: source.id } : { attachTo: source.attachedTo }} iconBefore={<FileUp aria-hidden />}>{t`Upload a newer export`}</LinkButton>
      )}
      {source.attachedTo === null && <Button appearance="primary" iconBefore={<Users aria-hidden />} onPress={act}>{t`Bulk action`}</Button>}
      {mayChange && <Menu label={t`More`} trigger={<IconButton label={t`More`} appearance="default" icon={<MoreHorizontal aria-hidden />} />} groups={[{ id: 'source', items }]} onAction={choose} />}
      {sync.error !== null && <ProblemMessage error={sync.error} />}
    </>
  );
}

function SourceBody({ source, onReplaceKey }: { readonly source: Source; readonly onReplaceKey: () => void }): ReactNode {
  const { t } = useLingui();
  const mayChange = useMay('sources');
  const sentenceOf = useHealthSentence();
  const { lastSync } = source;
  const warnings = source.health.warnings.filter((warning) => warning.code !== 'held');
  return (
    <Stack gap={16}>
      {warnings.map((warning) => (
        <SectionMessage
          key={warning.code}
          tone={warning.code === 'keyExpired' || warning.code === 'failing' ? 'error' : 'warning'}
          actions={mayChange && warning.code.startsWith('keyExpire') && <Button appearance="link" onPress={onReplaceKey}>{t`Replace the key`}</Button>}
        >
          {sentenceOf(warning)}
        </SectionMessage>
      ))}
      {lastSync?.state === 'held' && <HeldReading sync={lastSync} />}
      {lastSync !== null && isOpen(lastSync) && <SyncProgress key={lastSync.id} sync={lastSync} title={source.kind === 'csv' ? t`Taking the file in` : t`Sync under way`} />}
      <div className="source-grid">
        <Stack gap={16}>
          <Card title={t`Apps and seats`}>
            <SourceApps source={source} />
          </Card>
          <Card title={t`Last syncs`}>
            <SyncHistory sourceId={source.id} />
          </Card>
        </Stack>
        <Stack gap={16}>
          <Card title={t`About`} actions={source.readOnly && <ShieldCheck size={16} aria-hidden />}>
            <SourceFacts source={source} />
          </Card>
          <SourceHealthPanel source={source} />
          {source.kind === 'atlassian-org' && <TestCard source={source} />}
        </Stack>
      </div>
    </Stack>
  );
}
