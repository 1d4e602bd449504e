import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { api, newIdempotencyKey, useMayForAll, useMe, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Breadcrumbs, Button, Card, Link, LinkButton, Page, PasswordField, Select, SectionMessage, TextField } from '../../ui/index.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { KeyFields, ReadOnlyField } from './basic-fields.tsx';
import { CapabilityList } from './capability-list.tsx';
import { KeySteps } from './key-steps.tsx';
import { refusedReport } from './refused-report.ts';
import { newDraft, toBody } from './source-draft.ts';
import './sources.css';

const defaultBaseUrl = 'https://api.atlassian.com';

/** Adds an Atlassian Cloud organisation: key, test, save, first sync. */
export function NewSourceScreen(): ReactNode {
  const { t } = useLingui();
  const may = useMayForAll('sources');
  const crumbs = <Breadcrumbs><Link to="/sources">{t`Sources`}</Link></Breadcrumbs>;
  return (
    <Page
      title={t`Add a source`}
      breadcrumbs={crumbs}
      description={t`An Atlassian Cloud organisation is read with an API key. Without a key, an export of its users will do.`}
      actions={<LinkButton to="/sources/upload" iconBefore={<FileUp aria-hidden />}>{t`Upload an export instead`}</LinkButton>}
    >
      {may ? (
        <div className="source-layout">
          <NewSourceForm />
          <Card title={t`Where the key comes from`}>
            <KeySteps />
          </Card>
        </div>
      ) : (
        <SectionMessage tone="warning" title={t`Only administrators of the whole workspace add sources`}>
          <Trans>Ask an administrator of your Rollcall, or upload an export if you may sync.</Trans>
        </SectionMessage>
      )}
    </Page>
  );
}

function NewSourceForm(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const me = useMe();
  const [draft, setDraft] = useState({ ...newDraft, keyOwner: me.email ?? '' });
  const [organisationId, setOrganisationId] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(defaultBaseUrl);
  const test = useWrite(routes.sources.testNew);
  const create = useWrite(routes.sources.create, [routes.sources.list, routes.session.home]);
  const organisations = test.data?.organisations ?? [];
  const mustChoose = organisations.length > 1 && !organisations.some(({ id }) => id === organisationId.trim());
  const refused = refusedReport(create.error);
  // What was found is about the key, the organisation and the address it was found with.
  const forget = (): void => {
    test.reset();
    create.reset();
  };
  const address = baseUrl.trim() === '' ? defaultBaseUrl : baseUrl.trim();
  const tryKey = (id: string): void =>
    test.mutate(
      { body: { kind: 'atlassian-org', organisationId: id.trim(), baseUrl: address, apiKey } },
      {
        onSuccess: (report) => {
          const found = report.organisations.find((one) => one.id === id) ?? (report.organisations.length === 1 ? report.organisations[0] : undefined);
          if (found === undefined) return;
          if (id.trim() === '') {
            setOrganisationId(found.id);
            tryKey(found.id);
          }
          setDraft((now) => (now.name.trim() === '' ? { ...now, name: found.name } : now));
        },
      },
    );
  const firstSync = async (sourceId: string): Promise<void> => {
    // If it cannot begin, the source's page says why and offers it again.
    await api.call(routes.sources.sync, { params: { sourceId } }, { idempotencyKey: newIdempotencyKey() }).catch(() => undefined);
    await navigate({ to: '/sources/$sourceId', params: { sourceId } });
  };
  const save = (): void =>
    create.mutate(
      { body: { kind: 'atlassian-org', ...toBody(draft), organisationId: organisationId.trim(), baseUrl: address, apiKey } },
      {
        onSuccess: (source) => void firstSync(source.id),
      },
    );
  return (
    <form
      className="source-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <PasswordField label={t`API key`} description={t`Of the organisation, without scopes. Stored encrypted, never shown again.`} autoComplete="off" value={apiKey} onChange={(key) => { setApiKey(key); forget(); }} isRequired isMonospace maxLength={4000} />
      <TextField label={t`Organisation id`} description={t`From the address of admin.atlassian.com, after /o/. The test finds it for a key of one organisation.`} value={organisationId} onChange={setOrganisationId} isRequired isMonospace maxLength={200} />
      {organisations.length > 1 && (
        <Select
          label={t`Organisations of this key`}
          description={t`Each organisation is a source of its own.`}
          options={organisations.map(({ id, name }) => ({ id, label: name, description: id }))}
          value={organisations.some(({ id }) => id === organisationId) ? organisationId : null}
          onChange={(id) => {
            setOrganisationId(id);
            setDraft({ ...draft, name: organisations.find((one) => one.id === id)?.name ?? draft.name });
            tryKey(id);
          }}
        />
      )}
      <TextField label={t`Name`} description={t`What the source is called in Rollcall.`} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} isRequired maxLength={100} />
      <KeyFields draft={draft} onChange={setDraft} />
      <ReadOnlyField draft={draft} onChange={setDraft} />
      <details className="source-more">
        <summary>
          <Trans>Advanced: schedule, time zone, limits, base URL</Trans>
        </summary>
        <div className="source-form">
          <AdvancedFields draft={draft} onChange={setDraft} />
          <TextField label={t`Base URL`} type="url" description={t`Atlassian's own unless you use a sandbox or a test server.`} value={baseUrl} onChange={(url) => { setBaseUrl(url); forget(); }} isMonospace />
        </div>
      </details>
      {refused === null && <ProblemMessage error={create.error ?? test.error} />}
      {mustChoose && (
        <SectionMessage tone="info" isAnnounced title={t`Choose the organisation`}>
          <Trans>The key administers several. Choose one above; each can be added as a source of its own.</Trans>
        </SectionMessage>
      )}
      {refused !== null ? <CapabilityList report={refused} /> : test.data !== undefined && !mustChoose && <CapabilityList report={test.data} />}
      <div className="source-buttons">
        <Button type="submit" appearance="primary" isPending={create.isPending}>{t`Save and sync`}</Button>
        <Button isPending={test.isPending} isDisabled={apiKey.trim() === ''} onPress={() => tryKey(organisationId)}>{t`Test`}</Button>
        <LinkButton to="/sources" appearance="subtle">{t`Cancel`}</LinkButton>
      </div>
    </form>
  );
}
