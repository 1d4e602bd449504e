import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { RouteAnswer, routes } from '@rollcall/contract';
import { appTitle } from '@rollcall/core';
import { CivilDate, Instant } from '../../i18n/index.ts';
import { DescriptionList, Link, Lozenge, SectionMessage, Table } from '../../ui/index.ts';
import { accountStatusNames, accountTypeNames, claimNames, protectionNames, wordOr } from '../../words/accounts.ts';
import { actionNames } from '../../words/actions.ts';
import { runItemStateNames, runItemStateTones, runItemStates } from '../../words/states.ts';
import { AccountApp } from './account-app.tsx';

export type AccountDetailData = RouteAnswer<typeof routes.inventory.account>;

/** Everything about one account: apps with their evidence, groups, roles, protections, what Rollcall did. */
export function AccountDetail({ detail, level = 3 }: { readonly detail: AccountDetailData; readonly level?: 2 | 3 }): ReactNode {
  const Heading = `h${level}` as const;
  const { t, i18n } = useLingui();
  const { row } = detail;
  const protection = row.protectedBy === null ? '' : wordOr(i18n, protectionNames, row.protectedBy);
  return (
    <>
      <section className="acc-section">
        <div className="acc-lozenges">
          <Lozenge appearance={row.status === 'active' ? 'success' : 'default'}>{wordOr(i18n, accountStatusNames, row.status)}</Lozenge>
          <Lozenge appearance={row.claim === 'managed' ? 'inprogress' : 'default'}>{wordOr(i18n, claimNames, row.claim)}</Lozenge>
          {row.accountType !== 'atlassian' && <Lozenge appearance="new">{wordOr(i18n, accountTypeNames, row.accountType)}</Lozenge>}
          {row.protectedBy !== null && <Lozenge appearance="moved">{t`Protected`}</Lozenge>}
          {row.exempt && <Lozenge appearance="moved">{t`Exempt`}</Lozenge>}
          {row.looksLikeService && <Lozenge appearance="moved">{t`Looks like a service account`}</Lozenge>}
        </div>
        {row.protectedBy !== null && <SectionMessage><Trans>Protected: {protection}. No plan acts on this account.</Trans></SectionMessage>}
        {detail.observed !== null && <Observed observed={detail.observed} />}
        {detail.exemptions.map((exemption) => (
          <SectionMessage key={exemption.id} title={t`Exempt (${exemption.via})`}>
            {exemption.reason} ({exemption.owner}
            {exemption.endsOn !== null && <>, <Trans>until <CivilDate date={exemption.endsOn} /></Trans></>})
          </SectionMessage>
        ))}
      </section>
      <section className="acc-section">
        <Heading><Trans>Apps</Trans></Heading>
        {detail.accesses.length === 0 && <p className="rc-subtle"><Trans>No access to any app is known.</Trans></p>}
        <div>{detail.accesses.map((access) => <AccountApp key={access.resourceId} access={access} period={detail.period} accountId={row.id} name={row.name ?? row.vendorId} />)}</div>
      </section>
      <section className="acc-section">
        <Heading><Trans>Groups</Trans></Heading>
        <Groups groups={detail.groups} />
      </section>
      {detail.roles.length > 0 && (
        <section className="acc-section">
          <Heading><Trans>Roles</Trans></Heading>
          <Table label={t`Roles`} rows={detail.roles} rowKey={(role) => `${role.role} ${role.on} ${role.method}`} columns={[{ id: 'role', header: t`Role`, isRowHeader: true, cell: ({ role }) => <code>{role}</code> }, { id: 'on', header: t`On`, cell: ({ on }) => on }, { id: 'method', header: t`Given by`, cell: ({ method }) => method }]} />
        </section>
      )}
      <section className="acc-section">
        <Heading><Trans>Details</Trans></Heading>
        <Details detail={detail} />
      </section>
      <section className="acc-section">
        <Heading><Trans>What Rollcall did</Trans></Heading>
        {detail.history.length === 0 ? (
          <p className="rc-subtle"><Trans>Nothing yet.</Trans></p>
        ) : (
          <Table
            label={t`What Rollcall did`}
            rows={detail.history}
            rowKey={(one) => `${one.runId} ${one.at}`}
            columns={[
              { id: 'at', header: t`When`, cell: ({ at }) => <Instant at={at} /> },
              { id: 'action', header: t`Action`, isRowHeader: true, cell: (one) => <Link to="/run-logs/$runId" params={{ runId: one.runId }}>{one.undo ? `${t`Undo`}: ` : ''}{wordOr(i18n, actionNames, one.action)}</Link> },
              { id: 'state', header: t`Result`, cell: ({ state }) => <HistoryState state={state} /> },
            ]}
          />
        )}
      </section>
    </>
  );
}

/** What is shown is newer than the last complete reading of the source. */
function Observed({ observed: { at, by, runId } }: { readonly observed: NonNullable<AccountDetailData['observed']> }): ReactNode {
  const when = <Instant at={at} />;
  if (by === 'recheck') return <p className="rc-subtle"><Trans>Checked again at the vendor {when}, after the last sync.</Trans></p>;
  if (runId === null) return <p className="rc-subtle"><Trans>Read at the vendor {when} by a run, after the last sync.</Trans></p>;
  return <p className="rc-subtle"><Trans>Read at the vendor {when} by <Link to="/run-logs/$runId" params={{ runId }}>a run</Link>, after the last sync.</Trans></p>;
}

function HistoryState({ state }: { readonly state: string }): ReactNode {
  const { i18n } = useLingui();
  const known = runItemStates.find((one) => one === state);
  return known === undefined ? state : <Lozenge appearance={runItemStateTones[known]}>{i18n._(runItemStateNames[known])}</Lozenge>;
}

function Groups({ groups }: { readonly groups: AccountDetailData['groups'] }): ReactNode {
  const { t } = useLingui();
  if (groups.length === 0) return <p className="rc-subtle"><Trans>In no group that is known.</Trans></p>;
  return (
    <Table
      label={t`Groups`}
      rows={groups}
      rowKey={({ groupId }) => String(groupId)}
      columns={[
        { id: 'name', header: t`Group`, isRowHeader: true, cell: ({ name, modifiable, managedBy }) => <>{name} {!modifiable && <Lozenge appearance="moved">{managedBy ?? t`Identity provider`}</Lozenge>}</> },
        { id: 'grants', header: t`Grants`, cell: ({ grants }) => (grants.length === 0 ? <span className="rc-subtle">–</span> : grants.map(({ app, site, role }) => `${appTitle(app)}${site === '' ? '' : ` · ${site}`} (${role})`).join(', ')) },
      ]}
    />
  );
}

function Details({ detail }: { readonly detail: AccountDetailData }): ReactNode {
  const { t } = useLingui();
  const { row } = detail;
  const own = Object.entries(detail.details).filter(([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
  return (
    <DescriptionList
      facts={[
        { label: t`E-mail`, value: row.email ?? '–' },
        { label: t`Account id`, value: <code>{row.vendorId}</code> },
        { label: t`Realm`, value: row.realm },
        { label: t`Added`, value: row.addedOn === null ? '–' : <CivilDate date={row.addedOn} /> },
        ...(row.platformRoles.length === 0 ? [] : [{ label: t`Administrator roles`, value: row.platformRoles.join(', ') }]),
        ...detail.directories.map(({ name, suspended }) => ({ label: t`Directory`, value: suspended ? <>{name} <Lozenge appearance="removed">{t`Suspended`}</Lozenge></> : name })),
        ...own.map(([label, value]) => ({ label, value: String(value) })),
      ]}
    />
  );
}
