import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { permissions, routes } from '@rollcall/contract';
import type { Permission } from '@rollcall/contract';
import { useMe, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Checkbox, CodeBlock, Dialog, SectionMessage, Select, Stack, TextField } from '../../ui/index.ts';
import { permissionNames } from './role-words.ts';

/** Makes a token; its secret is shown once. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t, i18n } = useLingui();
  const me = useMe();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Permission[]>(['read']);
  const [days, setDays] = useState('90');
  const create = useWrite(routes.session.createToken, [routes.session.tokens]);
  const { data } = create;
  if (data !== undefined) {
    return (
      <Dialog isOpen onClose={onClose} title={t`Copy the token now`} mustAnswer footer={<Button appearance="primary" onPress={onClose}>{t`I have copied it`}</Button>}>
        <Stack gap={12}>
          <SectionMessage tone="warning" isAnnounced>
            <Trans>This is the only time it is shown. Rollcall keeps its fingerprint, not the token.</Trans>
          </SectionMessage>
          <CodeBlock label={t`API token`} code={data.secret} />
        </Stack>
      </Dialog>
    );
  }
  const lifetimes = [
    { id: '30', label: t`30 days` },
    { id: '90', label: t`90 days` },
    { id: '365', label: t`1 year` },
    { id: 'null', label: t`Never expires` },
  ];
  const make = (): void => create.mutate({ body: { name: name.trim(), scopes: [...scopes], expiresInDays: days === 'null' ? null : Number(days) } });
  const toggle = (scope: Permission) => (isOn: boolean) => setScopes(isOn ? [...scopes, scope] : scopes.filter((one) => one !== scope));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Make an API token`}
      onSubmit={make}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={name.trim() === '' || scopes.length === 0} isPending={create.isPending} type="submit">{t`Make the token`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <TextField label={t`Name`} description={t`Where it is used, so that you know which to revoke.`} value={name} onChange={setName} isRequired maxLength={100} />
        <Select label={t`Expires`} options={lifetimes} value={days} onChange={setDays} />
        <Stack gap={4}>
          <span className="rc-label">{t`Scopes`}</span>
          {permissions
            .filter((scope) => me.permissions.includes(scope))
            .map((scope) => (
              <Checkbox key={scope} isSelected={scopes.includes(scope)} onChange={toggle(scope)}>
                <code>{scope}</code> · {i18n._(permissionNames[scope])}
              </Checkbox>
            ))}
        </Stack>
        <ProblemMessage error={create.error} />
      </Stack>
    </Dialog>
  );
}
