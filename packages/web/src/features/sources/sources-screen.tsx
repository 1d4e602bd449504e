import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { FileUp, Plus, SquareStack } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useMayForAll, useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { chooseSource } from '../../app/chosen-source.ts';
import { CivilDate, FormattedNumber, RelativeTime } from '../../i18n/index.ts';
import { Button, EmptyState, Inline, Link, LinkButton, Lozenge, Page, Stack, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { useHealthSentence } from '../../words/health.ts';
import { sourceKindNames } from '../../words/sources.ts';
import { HealthLozenge } from './health-lozenge.tsx';
import type { Source } from './source-draft.ts';
import './sources.css';

/** Every connected place, how it is, and a button to act on its people. */
export function SourcesScreen(): ReactNode {
  const { t } = useLingui();
  const mayAdd = useMayForAll('sources');
  const mayUpload = useMay('sync');
  const sources = useRead(routes.sources.list, {}, { refreshMs: 15_000 });
  const upload = mayUpload && <LinkButton to="/sources/upload" iconBefore={<FileUp aria-hidden />}>{t`Upload an export`}</LinkButton>;
  const add = mayAdd && <LinkButton to="/sources/new" appearance="primary" iconBefore={<Plus aria-hidden />}>{t`Add a source`}</LinkButton>;
  return (
    <Page title={t`Sources`} description={t`Where accounts and their activity are read, and where changes are made.`} actions={<>{upload}{add}</>}>
      <Reading of={sources}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`No sources yet`} icon={<SquareStack aria-hidden />} actions={<>{add}{upload}</>}>
              <Trans>Connect an Atlassian Cloud organisation with an API key, or upload an export of its users. Nothing leaves this server.</Trans>
            </EmptyState>
          ) : (
            <SourceTable sources={items} />
          )
        }
      </Reading>
    </Page>
  );
}

function SourceTable({ sources }: { readonly sources: readonly Source[] }): ReactNode {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const act = (source: Source): void => {
    chooseSource(source.id);
    void navigate({ to: '/inventory' });
  };
  const kindOf = (source: Source): string => {
    const known = sourceKindNames[source.kind];
    return known === undefined ? source.kind : i18n._(known);
  };
  const nameOf = (id: string): string => sources.find((source) => source.id === id)?.name ?? '';
  const columns: readonly TableColumn<Source>[] = [
    {
      id: 'name',
      header: t`Name`,
      isRowHeader: true,
      cell: (source) => (
        <Stack gap={2}>
          <Inline gap={8}>
            <Link to="/sources/$sourceId" params={{ sourceId: source.id }}>
              {source.name}
            </Link>
            {source.readOnly && <Lozenge>{t`Read-only`}</Lozenge>}
          </Inline>
          <span className="rc-small rc-subtle">{source.attachedTo === null ? kindOf(source) : t`CSV export, evidence for ${nameOf(source.attachedTo)}`}</span>
        </Stack>
      ),
    },
    { id: 'health', header: t`State`, cell: (source) => <SourceState source={source} /> },
    { id: 'accounts', header: t`Accounts`, align: 'end', cell: (source) => <FormattedNumber value={source.health.accounts} /> },
    { id: 'unknown', header: t`Unknown`, align: 'end', cell: ({ health }) => (health.accesses === 0 ? '–' : <span className="source-cell">{Math.round((health.unknownAccesses / health.accesses) * 100)} %</span>) },
    { id: 'read', header: t`Last read`, cell: (source) => <span className="source-cell">{source.health.lastFullReadAt === null ? '–' : <RelativeTime at={source.health.lastFullReadAt} />}</span> },
    { id: 'key', header: t`Key expires`, cell: (source) => <KeyExpiry source={source} /> },
    {
      id: 'act',
      isAction: true,
      header: <span className="rc-visually-hidden">{t`Actions`}</span>,
      align: 'end',
      // The people of a file that is evidence are those of its organisation.
      cell: (source) => source.attachedTo === null && <Button spacing="compact" aria-label={t`Bulk action: ${source.name}`} onPress={() => act(source)}>{t`Bulk action`}</Button>,
    },
  ];
  return <Table label={t`Sources`} columns={columns} rows={sources} rowKey={(source) => source.id} />;
}

/** How it is, with what to do where something is wrong; the key has a column of its own. */
function SourceState({ source: { health } }: { readonly source: Source }): ReactNode {
  const sentenceOf = useHealthSentence();
  const warning = health.warnings.find(({ code }) => !code.startsWith('keyExpire'));
  return (
    <Stack gap={2}>
      <span>
        <HealthLozenge health={health} />
      </span>
      {warning !== undefined && <span className="rc-small rc-subtle source-warning">{sentenceOf(warning)}</span>}
    </Stack>
  );
}

function KeyExpiry({ source }: { readonly source: Source }): ReactNode {
  const { t } = useLingui();
  const { keyExpiresOn, keyDaysLeft } = source.health;
  if (source.kind === 'csv') return <span className="rc-subtlest">–</span>;
  if (keyExpiresOn === null) return <span className="rc-subtle">{t`Not entered`}</span>;
  return (
    <Inline gap={8} canWrap={false}>
      <span className="source-cell">
        <CivilDate date={keyExpiresOn} />
      </span>
      {keyDaysLeft !== null && keyDaysLeft < 0 && <Lozenge appearance="removed">{t`Expired`}</Lozenge>}
      {keyDaysLeft !== null && keyDaysLeft >= 0 && keyDaysLeft <= 30 && <Lozenge appearance="moved">{keyDaysLeft === 0 ? t`Today` : t`${keyDaysLeft} days`}</Lozenge>}
    </Inline>
  );
}
