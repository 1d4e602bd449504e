import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus, ShieldCheck } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { Button, EmptyState, Page, SearchField, SectionMessage, Select, Switch, Toolbar } from '../../ui/index.ts';
import { AddExemptionDialog } from './add-exemption-dialog.tsx';
import { EndExemptionDialog } from './end-exemption-dialog.tsx';
import { EditExemptionDialog } from './edit-exemption-dialog.tsx';
import { ExemptionTable } from './exemption-table.tsx';
import { exemptionKindNames, exemptionKinds } from './exemption-words.ts';
import type { Exemption } from './exemption-words.ts';

const route = getRouteApi('/shell/exemptions');
type Asked = { readonly what: 'edit' | 'end'; readonly exemption: Exemption };

/** Who is never touched, why, on whose word and until when. */
export function ExemptionsScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const mayExempt = useMay('exempt');
  const search = route.useSearch();
  const exemptions = useRead(routes.exemptions.list, { query: { ended: String(search.ended ?? false) } });
  const [asked, setAsked] = useState<Asked | null>(null);
  const goTo = (change: Partial<typeof search>): void => void navigate({ to: '/exemptions', search: { ...search, ...change }, replace: true });
  // A link that names a subject asks for a new exemption of it.
  const isAdding = mayExempt && (search.add === true || search.subject !== undefined);
  const add = mayExempt && <Button appearance="primary" iconBefore={<Plus aria-hidden />} onPress={() => goTo({ add: true })}>{t`Add an exemption`}</Button>;
  // The kind of a link that names a subject was no filter.
  const close = (): void => goTo({ add: undefined, subject: undefined, sourceId: undefined, kind: search.subject === undefined ? search.kind : undefined });
  return (
    <Page title={t`Exemptions`} description={t`Accounts, groups and domains that no plan may take anything from, with reason, owner and end date.`} actions={add}>
      <SectionMessage>
        <Trans>Always protected, without an exemption: administrators of the organisation and of sites, whoever is in a group that grants administration, app and customer accounts, and the owner of the key.</Trans>
      </SectionMessage>
      <Toolbar
        label={t`Filters`}
        end={
          <Switch isSelected={search.ended === true} onChange={(ended) => goTo({ ended: ended ? true : undefined })}>
            {t`Show ended ones`}
          </Switch>
        }
      >
        <SearchField label={t`Find an exemption`} value={search.find ?? ''} onChange={(find) => goTo({ find: find === '' ? undefined : find })} />
        <Select
          label={t`Kind`}
          isLabelHidden
          options={[{ id: 'all', label: t`All kinds` }, ...exemptionKinds.map((kind) => ({ id: kind, label: i18n._(exemptionKindNames[kind]) }))]}
          value={isAdding ? 'all' : (search.kind ?? 'all')}
          onChange={(id) => goTo({ kind: exemptionKinds.find((kind) => kind === id) })}
        />
      </Toolbar>
      <Reading of={exemptions}>
        {({ items }) => {
          if (items.length === 0) {
            return (
              <EmptyState title={t`No exemptions`} icon={<ShieldCheck aria-hidden />} actions={add}>
                <Trans>Exempt people on parental leave, under legal hold, break-glass accounts, or a whole domain of contractors before the first plan.</Trans>
              </EmptyState>
            );
          }
          const shown = items.filter((one) => (isAdding || search.kind === undefined || one.kind === search.kind) && matches(one, search.find ?? ''));
          return <ExemptionTable exemptions={shown} onEdit={(exemption) => setAsked({ what: 'edit', exemption })} onEnd={(exemption) => setAsked({ what: 'end', exemption })} />;
        }}
      </Reading>
      {isAdding && <AddExemptionDialog start={search} onClose={close} />}
      {asked?.what === 'edit' && <EditExemptionDialog exemption={asked.exemption} onClose={() => setAsked(null)} />}
      {asked?.what === 'end' && <EndExemptionDialog exemption={asked.exemption} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function matches({ label, subject, reason, owner }: Exemption, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return [label, subject, reason, owner].some((text) => text.toLowerCase().includes(wanted));
}
