import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMe, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, CodeBlock, Dialog, SectionMessage, Stack, TextField } from '../../ui/index.ts';
import { AccessFields } from './access-fields.tsx';
import type { Access } from './access-fields.tsx';
import type { Person } from './people-tab.tsx';

/** Invites a person; the link is handed over by whoever invites. */
export function InviteDialog({ again, onClose }: { /** An open invitation whose link is lost or too old: a new link takes its place. */ readonly again?: Person; readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  // Nobody hands out more than they have.
  const me = useMe();
  const [name, setName] = useState(again?.name ?? '');
  const [email, setEmail] = useState(again?.email ?? '');
  const [access, setAccess] = useState<Access>({ role: again?.role ?? 'viewer', sourceIds: again === undefined ? me.sourceIds : again.sourceIds, sites: again === undefined ? me.sites : again.sites });
  const invite = useWrite(routes.session.invite, [routes.session.people]);
  const { data } = invite;
  if (data !== undefined) {
    return (
      <Dialog isOpen onClose={onClose} mustAnswer title={t`Hand over this link`} footer={<Button appearance="primary" onPress={onClose}>{t`Done`}</Button>}>
        <Stack gap={12}>
          <SectionMessage tone="success" isAnnounced title={t`${name} is invited`}>
            <Trans>Send them this link in a way you trust: Rollcall sends no mail. It works once, for seven days, and is not shown again.</Trans>
          </SectionMessage>
          <CodeBlock label={t`Invitation link`} code={data.link} />
        </Stack>
      </Dialog>
    );
  }
  const send = (): void => invite.mutate({ body: { name: name.trim(), email: email.trim(), ...access } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={again === undefined ? t`Invite a person` : t`A new link for ${again.name}`}
      onSubmit={send}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={name.trim() === '' || !email.includes('@')} isPending={invite.isPending} type="submit">{t`Make the link`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <div className="settings-two">
          <TextField label={t`Name`} value={name} onChange={setName} isRequired maxLength={200} />
          <TextField label={t`E-mail`} type="email" value={email} onChange={setEmail} isReadOnly={again !== undefined} isRequired />
        </div>
        <AccessFields access={access} onChange={setAccess} />
        {again !== undefined && <p className="rc-small rc-subtle">{t`The link that was made before stops working.`}</p>}
        <ProblemMessage error={invite.error} />
      </Stack>
    </Dialog>
  );
}
