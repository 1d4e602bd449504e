import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link2, MoreHorizontal, Pencil, UserMinus, UserPlus } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMe, useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { Instant, RelativeTime } from '../../i18n/index.ts';
import { Avatar, Button, IconButton, Inline, Lozenge, Menu, Stack, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { EditPersonDialog } from './edit-person-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { RemovePersonDialog } from './remove-person-dialog.tsx';
import { roleNames } from './role-words.ts';
import { useLimits } from './use-limits.ts';

export type Person = RouteAnswer<typeof routes.session.people>['items'][number];
type Asked = { readonly what: 'edit' | 'remove' | 'link'; readonly person: Person };

/** Who may sign in, as what, and with which limits. */
export function PeopleTab(): ReactNode {
  const { t } = useLingui();
  const people = useRead(routes.session.people, {}, { refreshMs: 30_000 });
  const [isInviting, setInviting] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Stack gap={16}>
      <Inline>
        <Button appearance="primary" iconBefore={<UserPlus aria-hidden />} onPress={() => setInviting(true)}>{t`Invite a person`}</Button>
      </Inline>
      <Reading of={people}>{({ items }) => <PeopleTable people={items} onAsk={setAsked} />}</Reading>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      {asked?.what === 'edit' && <EditPersonDialog person={asked.person} onClose={() => setAsked(null)} />}
      {asked?.what === 'link' && <InviteDialog again={asked.person} onClose={() => setAsked(null)} />}
      {asked?.what === 'remove' && <RemovePersonDialog person={asked.person} onClose={() => setAsked(null)} />}
    </Stack>
  );
}

function PeopleTable({ people, onAsk }: { readonly people: readonly Person[]; readonly onAsk: (asked: Asked) => void }): ReactNode {
  const { t, i18n } = useLingui();
  const me = useMe();
  const limitsOf = useLimits();
  const columns: readonly TableColumn<Person>[] = [
    {
      id: 'name',
      header: t`Person`,
      isRowHeader: true,
      cell: (person) => (
        <Inline gap={12} canWrap={false}>
          <Avatar name={person.name} />
          <Stack gap={2}>
            <Inline gap={8}>
              <span className="rc-strong">{person.name}</span>
              {person.id === me.id && <Lozenge>{t`You`}</Lozenge>}
              {person.invited && <Invitation person={person} />}
            </Inline>
            <span className="rc-small rc-subtle">{person.email}</span>
          </Stack>
        </Inline>
      ),
    },
    { id: 'role', header: t`Role`, cell: (person) => i18n._(roleNames[person.role]) },
    { id: 'limits', header: t`Limits`, cell: (person) => limitsOf(person) },
    { id: 'factor', header: t`Two-factor`, cell: (person) => (person.invited ? '–' : person.twoFactor ? <Lozenge appearance="success">{t`On`}</Lozenge> : <Lozenge appearance="moved">{t`Off`}</Lozenge>) },
    { id: 'seen', header: t`Last sign-in`, cell: (person) => <span className="settings-nowrap">{person.lastSignInAt === null ? '–' : <RelativeTime at={person.lastSignInAt} />}</span> },
    {
      id: 'act',
      isAction: true,
      header: <span className="rc-visually-hidden">{t`Actions`}</span>,
      align: 'end',
      cell: (person) => (
        <Menu
          label={t`Actions for ${person.name}`}
          trigger={<IconButton label={t`Actions for ${person.name}`} spacing="compact" icon={<MoreHorizontal aria-hidden />} />}
          groups={[
            {
              id: 'person',
              items: [
                { id: 'edit', label: t`Change role and limits`, icon: <Pencil aria-hidden /> },
                ...(person.invited ? [{ id: 'link', label: t`Make a new link`, icon: <Link2 aria-hidden /> }] : []),
                { id: 'remove', label: person.invited ? t`Withdraw the invitation` : t`Remove`, icon: <UserMinus aria-hidden />, isDanger: true, isDisabled: person.id === me.id },
              ],
            },
          ]}
          onAction={(id) => onAsk({ what: id === 'edit' || id === 'link' ? id : 'remove', person })}
        />
      ),
    },
  ];
  return <Table label={t`People`} columns={columns} rows={people} rowKey={(person) => person.id} />;
}

/** Whether the link of an invitation still works. */
function Invitation({ person: { invitationEndsAt } }: { readonly person: Person }): ReactNode {
  const { t } = useLingui();
  const [now] = useState(() => Date.now());
  if (invitationEndsAt === null) return null;
  if (Date.parse(invitationEndsAt) <= now) return <Lozenge appearance="moved">{t`Invitation expired`}</Lozenge>;
  return (
    <>
      <Lozenge appearance="new">{t`Invited`}</Lozenge>
      <span className="rc-small rc-subtle">
        <Trans>
          until <Instant at={invitationEndsAt} />
        </Trans>
      </span>
    </>
  );
}
