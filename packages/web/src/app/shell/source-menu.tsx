import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, SquareStack } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Button, Menu } from '../../ui/index.ts';
import { chooseSource, useChosenSource } from '../chosen-source.ts';

const allSources = 'all';
const manage = 'manage';

/** The chosen source, always visible, and the way to choose another. */
export function SourceMenu(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const chosenId = useChosenSource();
  const chosen = sources.find((source) => source.id === chosenId);
  const name = chosen?.name ?? t`All sources`;
  const act = (id: string): void => {
    if (id === manage) void navigate({ to: '/sources' });
    else chooseSource(id === allSources ? null : id);
  };
  return (
    <Menu
      label={t`Source`}
      trigger={
        <Button aria-label={t`Source: ${name}`} iconBefore={<SquareStack aria-hidden />} iconAfter={<ChevronDown aria-hidden />}>
          <span className="shell-source">{name}</span>
        </Button>
      }
      groups={[
        { id: 'all', items: [{ id: allSources, label: t`All sources`, isSelected: chosen === undefined }] },
        ...(sources.length === 0 ? [] : [{ id: 'sources', heading: t`Sources`, items: sources.map((source) => ({ id: source.id, label: source.name, isSelected: source.id === chosen?.id })) }]),
        { id: 'manage', items: [{ id: manage, label: t`Manage sources` }] },
      ]}
      onAction={act}
    />
  );
}
