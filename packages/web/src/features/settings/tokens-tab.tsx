import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound, Plus } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMe, useRead, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Reading } from '../../app/reading.tsx';
import { Instant, RelativeTime } from '../../i18n/index.ts';
import { Button, Dialog, EmptyState, Inline, Lozenge, Stack, Table, showFlag } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';

type Token = RouteAnswer<typeof routes.session.tokens>['items'][number];

/** Tokens for the CLI and for programs: never more than their maker may do. */
export function TokensTab(): ReactNode {
  const { t } = useLingui();
  const me = useMe();
  const tokens = useRead(routes.session.tokens, {});
  const [isMaking, setMaking] = useState(false);
  // Kept here and not in the table, which goes with its last token.
  const [asked, setAsked] = useState<Token | null>(null);
  const make = me.kind === 'person' && <Button appearance="primary" iconBefore={<Plus aria-hidden />} onPress={() => setMaking(true)}>{t`Make an API token`}</Button>;
  return (
    <Stack gap={16}>
      <Reading of={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`No API tokens`} icon={<KeyRound aria-hidden />} actions={make}>
              <Trans>The rollcall CLI on another machine, and your own programs, sign in with a token. It can do at most what you can.</Trans>
            </EmptyState>
          ) : (
            <Stack gap={16}>
              <Inline>{make}</Inline>
              <TokenTable tokens={items} onRevoke={setAsked} />
            </Stack>
          )
        }
      </Reading>
      {asked !== null && <RevokeDialog token={asked} onClose={() => setAsked(null)} />}
      {isMaking && <NewTokenDialog onClose={() => setMaking(false)} />}
    </Stack>
  );
}

function TokenTable({ tokens, onRevoke }: { readonly tokens: readonly Token[]; readonly onRevoke: (token: Token) => void }): ReactNode {
  const { t } = useLingui();
  const columns: readonly TableColumn<Token>[] = [
    { id: 'name', header: t`Name`, isRowHeader: true, cell: (token) => <span className="rc-strong">{token.name}</span> },
    { id: 'owner', header: t`Owner`, cell: (token) => token.owner },
    { id: 'scopes', header: t`Scopes`, cell: (token) => <Inline gap={4}>{token.scopes.map((scope) => <Lozenge key={scope}>{scope}</Lozenge>)}</Inline> },
    { id: 'ends', header: t`Expires`, cell: (token) => <span className="settings-nowrap">{token.expiresAt === null ? t`Never` : <Instant at={token.expiresAt} />}</span> },
    { id: 'used', header: t`Last used`, cell: (token) => <span className="settings-nowrap">{token.lastUsedAt === null ? t`Not yet` : <RelativeTime at={token.lastUsedAt} />}</span> },
    { id: 'act', isAction: true, header: <span className="rc-visually-hidden">{t`Actions`}</span>, align: 'end', cell: (token) => <Button spacing="compact" aria-label={t`Revoke ${token.name}`} onPress={() => onRevoke(token)}>{t`Revoke`}</Button> },
  ];
  return <Table label={t`API tokens`} columns={columns} rows={tokens} rowKey={(token) => token.id} />;
}

function RevokeDialog({ token, onClose }: { readonly token: Token; readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  const revoke = useWrite(routes.session.revokeToken, [routes.session.tokens]);
  const act = (): void =>
    revoke.mutate(
      { params: { tokenId: token.id } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`${token.name} was revoked` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Revoke ${token.name}?`}
      tone="danger"
      width="small"
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="danger" isPending={revoke.isPending} onPress={act}>{t`Revoke`}</Button>
        </>
      }
    >
      <Stack gap={12}>
        <p>{t`Programs that use it are refused at once. This cannot be undone; make another token instead.`}</p>
        <ProblemMessage error={revoke.error} />
      </Stack>
    </Dialog>
  );
}
