import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { roles, routes } from '@rollcall/contract';
import type { Role } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { MultiSelect, RadioGroup } from '../../ui/index.ts';
import { roleDescriptions, roleNames } from './role-words.ts';
import './settings.css';

export interface Access {
  readonly role: Role;
  /** Null: all. */
  readonly sourceIds: string[] | null;
  readonly sites: string[] | null;
}

/** A role, each explained, and what it is limited to. */
export function AccessFields({ access, onChange }: { readonly access: Access; readonly onChange: (access: Access) => void }): ReactNode {
  const { t, i18n } = useLingui();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const sites = [...new Set(sources.flatMap((source) => source.sites))].filter((site) => site !== '').toSorted();
  const orAll = (chosen: readonly string[]): string[] | null => (chosen.length === 0 ? null : [...chosen]);
  return (
    <>
      <RadioGroup
        label={t`Role`}
        value={access.role}
        onChange={(id) => onChange({ ...access, role: roles.find((role) => role === id) ?? access.role })}
        options={roles.map((role) => ({ id: role, label: i18n._(roleNames[role]), description: i18n._(roleDescriptions[role]) }))}
      />
      <div className="settings-two">
        <MultiSelect label={t`Only these sources`} description={t`None chosen: all.`} placeholder={t`All sources`} options={sources.filter((source) => source.attachedTo === null || access.sourceIds?.includes(source.id) === true).map((source) => ({ id: source.id, label: source.name }))} value={access.sourceIds ?? []} onChange={(chosen) => onChange({ ...access, sourceIds: orAll(chosen) })} />
        <MultiSelect label={t`Only these sites`} description={t`None chosen: all.`} placeholder={t`All sites`} options={sites.map((site) => ({ id: site, label: site }))} value={access.sites ?? []} onChange={(chosen) => onChange({ ...access, sites: orAll(chosen) })} />
      </div>
    </>
  );
}
